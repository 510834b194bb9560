-- SPDX-License-Identifier: Apache-2.0
SELECT count(*) FROM ticket WHERE email = $1 AND created_at > $2
