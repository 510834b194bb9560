-- SPDX-License-Identifier: Apache-2.0
SELECT status_place FROM award WHERE status_list = $1 AND revoked_at IS NOT NULL
UNION ALL SELECT status_place FROM endorsement WHERE status_list = $1 AND revoked_at IS NOT NULL
