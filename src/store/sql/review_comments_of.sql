-- SPDX-License-Identifier: Apache-2.0
SELECT c.number, coalesce(o.name_en, ''), coalesce(o.name_fr, ''), coalesce(p.name, ''), c.text, c.at
FROM review_comment c
LEFT JOIN organisation o ON o.number = c.organisation
LEFT JOIN person p ON p.number = c.person
WHERE c.achievement = $1 ORDER BY c.number
