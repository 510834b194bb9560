-- SPDX-License-Identifier: Apache-2.0
SELECT p.number, p.id, p.name, p.language, coalesce(a.email, ''), p.created_at
FROM person p LEFT JOIN address a ON a.person = p.number AND a.main = 1
WHERE p.number = $1
