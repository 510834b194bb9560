-- SPDX-License-Identifier: Apache-2.0
-- One of those that are worked at, by lot: a small file does not wait until a large one is done, and one that fails is
-- left alone for a while. Without the counts, which take long and are not looked at.
SELECT u.number, u.id, u.organisation, u.version, u.file_name, u.decision, u.state, u.person, u.created_at,
    u.confirmed_at, u.done_at, u.looked, u.looked_at, u.failures, u.problem, u.retry_at, 0, 0, 0, 0, 0, u.changes
FROM upload u WHERE u.state = 1 AND u.retry_at <= $1 ORDER BY random() LIMIT 1
