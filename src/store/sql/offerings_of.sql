-- SPDX-License-Identifier: Apache-2.0
SELECT o.number, o.id, o.achievement, o.details, coalesce(o.closed_at, 0), o.created_at, o.updated_at
FROM offering o WHERE o.achievement = $1 ORDER BY o.number
