-- SPDX-License-Identifier: Apache-2.0
-- Without the counts, which take long.
SELECT u.number, u.id, u.organisation, u.version, u.file_name, u.decision, u.state, u.person, u.created_at,
    u.confirmed_at, u.done_at, u.looked, u.looked_at, u.failures, u.problem, u.retry_at, 0, 0, 0, 0, 0, u.changes
FROM upload u WHERE u.number = $1
