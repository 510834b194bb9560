-- SPDX-License-Identifier: Apache-2.0
-- What is left of an award's claims.
UPDATE claim SET used_at = $2 WHERE award = $1 AND used_at IS NULL
