-- SPDX-License-Identifier: Apache-2.0
-- The same of scopes, of bodies that are some today. One that was given anew, for the same and for longer, has no end
-- that matters, unless there is time between them.
SELECT number, organisation, id, name_en, name_fr, '', days, valid_until
FROM (SELECT s.number, o.number AS organisation, o.id, o.name_en, o.name_fr, s.valid_until, s.granted_at, s.reminded,
        CASE WHEN s.valid_until <= $1 THEN 0 WHEN s.valid_until <= $1 + 7 * 86400 THEN 7
            WHEN s.valid_until <= $1 + 30 * 86400 THEN 30 ELSE 90 END AS days
    FROM scope s
    JOIN organisation o ON o.number = s.organisation
    WHERE s.valid_until <= $1 + 90 * 86400 AND s.valid_until > $1 - 30 * 86400 AND s.withdrawn_at IS NULL
        AND EXISTS (SELECT 1 FROM quality_body q WHERE q.organisation = s.body)
        AND NOT EXISTS (SELECT 1 FROM scope n WHERE n.organisation = s.organisation AND n.body = s.body
            AND n.purpose = s.purpose AND n.fields = s.fields AND n.kinds = s.kinds
            AND n.level_framework = s.level_framework AND n.level_most >= s.level_most AND n.withdrawn_at IS NULL
            AND n.valid_from <= max(s.valid_until, $1) AND (n.valid_until IS NULL OR n.valid_until > s.valid_until)))
    AS ending
WHERE (reminded IS NULL OR reminded > days) AND valid_until - days * 86400 > granted_at
ORDER BY organisation, days = 0, valid_until, number LIMIT $2
