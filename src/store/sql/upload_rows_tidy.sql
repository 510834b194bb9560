-- SPDX-License-Identifier: Apache-2.0
DELETE FROM upload_row
WHERE upload IN (SELECT number FROM upload WHERE state = 3 OR (state = 2 AND done_at < $1))
