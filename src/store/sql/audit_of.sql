-- SPDX-License-Identifier: Apache-2.0
-- What holders do with their own pages is nobody's affair, nor is who they are beyond the award that they claimed; nor
-- where who was a member once has mail today.
SELECT a.number, a.at, a.action, a.subject, coalesce(p.id, ''), coalesce(p.name, ''), coalesce(e.email, ''),
    coalesce(w.name, u.file_name, nullif(m.name, ''), n.email, '')
FROM audit a
LEFT JOIN person p ON p.number = a.person AND a.action <> 'award.claimed'
LEFT JOIN member pm ON pm.person = p.number AND pm.organisation = a.organisation
LEFT JOIN address e ON e.person = pm.person AND e.main = 1
LEFT JOIN award w ON w.id = a.subject AND w.organisation = a.organisation
LEFT JOIN upload u ON u.id = a.subject AND u.organisation = a.organisation
LEFT JOIN person m ON m.id = a.subject
LEFT JOIN member mm ON mm.person = m.number AND mm.organisation = a.organisation
LEFT JOIN address n ON n.person = mm.person AND n.main = 1
WHERE a.organisation = $1 AND a.action NOT LIKE 'page.%'
    AND ($2 = '' OR p.id = $2)
    AND ($3 = '' OR a.action LIKE $3 || '.%' OR a.action LIKE $4 || '.%')
    AND ($5 = 0 OR a.number < $5)
ORDER BY a.number DESC LIMIT $6
