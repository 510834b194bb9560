-- SPDX-License-Identifier: Apache-2.0
SELECT number FROM award WHERE number = $1 AND holder IS NULL AND revoked_at IS NULL
