-- SPDX-License-Identifier: Apache-2.0
SELECT p.number, p.id, p.name, p.language, coalesce(e.email, ''), p.created_at
FROM person p LEFT JOIN member m ON m.person = p.number AND m.organisation = $1
    LEFT JOIN address e ON e.person = m.person AND e.main = 1
WHERE p.number IN (SELECT a.person FROM audit a
    WHERE a.organisation = $1 AND a.action NOT LIKE 'page.%' AND a.action <> 'award.claimed')
ORDER BY p.name, p.number
