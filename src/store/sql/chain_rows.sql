-- SPDX-License-Identifier: Apache-2.0
-- Links with their rows: those from a number on.
SELECT l.number, l.organisation, l.actor, l.salt, l.who, l.hash, coalesce(a.number, 0), coalesce(a.at, 0),
    coalesce(a.action, ''), coalesce(a.subject, ''), coalesce(a.organisation, 0), coalesce(a.person, 0),
    coalesce(p.id, ''), coalesce(o.number, 0), coalesce(a.step, 0)
FROM audit_link l LEFT JOIN audit a ON a.number = l.number LEFT JOIN person p ON p.number = a.person
    LEFT JOIN organisation o ON o.number = l.organisation
WHERE l.number >= $1 ORDER BY l.number
