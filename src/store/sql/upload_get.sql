-- SPDX-License-Identifier: Apache-2.0
SELECT u.number, u.id, u.organisation, u.version, u.file_name, u.decision, u.state, u.person, u.created_at,
    u.confirmed_at, u.done_at, u.looked, u.looked_at, u.failures, u.problem, u.retry_at,
    (SELECT count(*) FROM upload_row r WHERE r.upload = u.number AND r.state = 0),
    (SELECT count(*) FROM upload_row r WHERE r.upload = u.number AND r.state = 1),
    (SELECT count(*) FROM upload_row r WHERE r.upload = u.number AND r.state = 2),
    (SELECT count(*) FROM upload_row r WHERE r.upload = u.number AND r.state = 3),
    (SELECT count(*) FROM upload_row r WHERE r.upload = u.number AND r.state = 4), u.changes
FROM upload u WHERE u.organisation = $1 AND u.id = $2 AND u.state <> 4
