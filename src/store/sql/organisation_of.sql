-- SPDX-License-Identifier: Apache-2.0
SELECT o.number, o.id, o.name_en, o.name_fr, o.url, o.domain, o.fictional, m.roles
FROM member m JOIN organisation o ON o.number = m.organisation
WHERE m.person = $1 ORDER BY o.name_en, o.number
