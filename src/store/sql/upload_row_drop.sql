-- SPDX-License-Identifier: Apache-2.0
UPDATE upload_row SET state = $3
WHERE upload = $1 AND line = $2 AND EXISTS (SELECT 1 FROM upload WHERE number = $1 AND state = 0)
