-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM upload_row WHERE upload IN (SELECT number FROM upload WHERE organisation = $1 AND state <> 4)
ORDER BY upload, line
