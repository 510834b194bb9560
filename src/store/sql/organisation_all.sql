-- SPDX-License-Identifier: Apache-2.0
SELECT o.number, o.id, o.name_en, o.name_fr, o.url, o.domain, o.fictional, 0,
    EXISTS (SELECT 1 FROM quality_body q WHERE q.organisation = o.number)
FROM organisation o ORDER BY o.name_en, o.number
