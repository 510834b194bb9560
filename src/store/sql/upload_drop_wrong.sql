-- SPDX-License-Identifier: Apache-2.0
-- Some of them.
UPDATE upload_row SET state = 1, kind = 3, marks = 0
WHERE upload = $1 AND line IN (SELECT line FROM upload_row WHERE upload = $1 AND kind = 1 ORDER BY line LIMIT $2)
    AND EXISTS (SELECT 1 FROM upload WHERE number = $1 AND state = 0)
