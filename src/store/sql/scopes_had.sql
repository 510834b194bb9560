-- SPDX-License-Identifier: Apache-2.0
-- The word of a body that is none any more does not count, but for what it has withdrawn: who was bound remains so.
SELECT s.id, s.purpose, s.fields, s.kinds, s.level_framework, s.level_most, s.valid_from, coalesce(s.valid_until, 0), s.granted_at,
    coalesce(s.withdrawn_at, 0), s.reason, s.organisation, o.id, o.name_en, o.name_fr, s.body, b.id, b.name_en, b.name_fr
FROM scope s JOIN organisation o ON o.number = s.organisation JOIN organisation b ON b.number = s.body
WHERE s.organisation = $1 AND ($2 = '' OR s.purpose = $2) 
    AND (s.withdrawn_at IS NOT NULL OR EXISTS (SELECT 1 FROM quality_body q WHERE q.organisation = s.body))
ORDER BY s.withdrawn_at IS NOT NULL, s.valid_from DESC, s.number DESC
