-- SPDX-License-Identifier: Apache-2.0
-- All (0), or those of the reviews by one body.
SELECT c.number, coalesce(o.name_en, ''), coalesce(o.name_fr, ''), coalesce(p.name, ''), c.text, c.at
FROM review_comment c
LEFT JOIN organisation o ON o.number = c.organisation
LEFT JOIN person p ON p.number = c.person
WHERE c.achievement = $1 AND ($2 = 0 OR c.body = $2) ORDER BY c.number
