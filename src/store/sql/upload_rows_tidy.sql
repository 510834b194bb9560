-- SPDX-License-Identifier: Apache-2.0
-- Some of those that have had their time.
DELETE FROM upload_row
WHERE (upload, line) IN (
    SELECT r.upload, r.line FROM upload u JOIN upload_row r ON r.upload = u.number
    WHERE u.state = 3 OR (u.state = 2 AND u.done_at < $1) LIMIT $2)
