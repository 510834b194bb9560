-- SPDX-License-Identifier: Apache-2.0
SELECT r.number, r.achievement, r.state, r.version, r.digest, r.document, coalesce(r.body, 0), coalesce(o.name_en, ''),
    coalesce(o.name_fr, ''), coalesce(r.person, 0), coalesce(p.name, ''), r.reason, r.at
FROM review r
LEFT JOIN organisation o ON o.number = r.body
LEFT JOIN person p ON p.number = r.person
WHERE r.achievement = $1 ORDER BY r.number
