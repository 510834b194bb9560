-- SPDX-License-Identifier: Apache-2.0
-- The latest first.
SELECT p.number, p.achievement, p.digest, coalesce(p.version, 0), coalesce(v.version, 0), coalesce(p.body, 0), p.body_en,
    p.body_fr, p.from_at, coalesce(p.until_at, 0), p.made_at, coalesce(p.withdrawn_at, 0)
FROM approval p LEFT JOIN version v ON v.number = p.version
WHERE p.achievement = $1 ORDER BY p.number DESC
