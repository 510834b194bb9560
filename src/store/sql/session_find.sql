-- SPDX-License-Identifier: Apache-2.0
SELECT p.number, p.id, p.name, p.language, coalesce(a.email, ''), p.created_at,
    s.token_hash, s.person, s.way, s.agent, s.created_at, s.seen_at, s.expires_at
FROM session s JOIN person p ON p.number = s.person LEFT JOIN address a ON a.person = p.number AND a.main = 1
WHERE s.token_hash = $1 AND s.expires_at > $2
