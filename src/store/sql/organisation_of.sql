-- SPDX-License-Identifier: Apache-2.0
SELECT o.number, o.id, o.name_en, o.name_fr, o.url, o.domain, o.fictional, m.roles,
    EXISTS (SELECT 1 FROM quality_body q WHERE q.organisation = o.number)
FROM member m JOIN organisation o ON o.number = m.organisation
WHERE m.person = $1 ORDER BY o.name_en, o.number
