-- SPDX-License-Identifier: Apache-2.0
SELECT number, quality FROM item
WHERE framework = $1 AND number > $2 AND (list & $3) <> 0 AND withdrawn_at IS NULL ORDER BY number LIMIT $4
