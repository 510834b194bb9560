-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET state = 1, confirmed_at = $2 WHERE number = $1 AND state = 0 AND $3 IN (changes, -1)
