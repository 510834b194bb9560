-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET state = 2, done_at = $2
WHERE number = $1 AND state = 1 AND NOT EXISTS (SELECT 1 FROM upload_row WHERE upload = $1 AND state = 0)
