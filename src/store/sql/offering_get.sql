-- SPDX-License-Identifier: Apache-2.0
SELECT o.number, o.id, o.achievement, o.details, coalesce(o.closed_at, 0), o.created_at, o.updated_at
FROM offering o JOIN achievement a ON a.number = o.achievement
WHERE a.organisation = $1 AND a.id = $2 AND o.id = $3
