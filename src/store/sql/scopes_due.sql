-- SPDX-License-Identifier: Apache-2.0
-- Scopes that an organisation has or gave, whose time ends before $2 or has ended, and that were not given anew for the
-- same and for longer, with no time between them or from before $3 on. The next to end first.
SELECT s.id, s.purpose, s.fields, s.kinds, s.level_framework, s.level_most, s.valid_from, coalesce(s.valid_until, 0), s.granted_at,
    coalesce(s.withdrawn_at, 0), s.reason, s.organisation, o.id, o.name_en, o.name_fr, s.body, b.id, b.name_en, b.name_fr
FROM scope s JOIN organisation o ON o.number = s.organisation JOIN organisation b ON b.number = s.body
WHERE (s.organisation = $1 OR s.body = $1) AND s.valid_until < $2 AND s.withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM quality_body q WHERE q.organisation = s.body)
    AND NOT EXISTS (SELECT 1 FROM scope n WHERE n.organisation = s.organisation AND n.body = s.body
        AND n.purpose = s.purpose AND n.fields = s.fields AND n.kinds = s.kinds
        AND n.level_framework = s.level_framework AND n.level_most >= s.level_most AND n.withdrawn_at IS NULL
        AND n.valid_from <= max(s.valid_until, $3) AND (n.valid_until IS NULL OR n.valid_until > s.valid_until))
ORDER BY s.valid_until, s.number
