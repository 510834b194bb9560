-- SPDX-License-Identifier: Apache-2.0
SELECT p.number, p.id, p.name, p.language, coalesce(a.email, ''), p.created_at, m.roles, m.since_at,
  EXISTS (SELECT 1 FROM passkey k WHERE k.person = p.number)
FROM member m JOIN person p ON p.number = m.person LEFT JOIN address a ON a.person = p.number AND a.main = 1
WHERE m.organisation = $1 ORDER BY p.name, p.number
