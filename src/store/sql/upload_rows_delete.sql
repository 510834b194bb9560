-- SPDX-License-Identifier: Apache-2.0
-- Some of them.
DELETE FROM upload_row
WHERE upload = $1 AND line IN (SELECT line FROM upload_row WHERE upload = $1 ORDER BY line LIMIT $2)
