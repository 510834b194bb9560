-- SPDX-License-Identifier: Apache-2.0
SELECT a.number, a.at, coalesce(a.organisation, 0), a.action, a.subject, coalesce(p.id, '')
FROM audit a LEFT JOIN person p ON p.number = a.person WHERE a.number = $1
