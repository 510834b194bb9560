-- SPDX-License-Identifier: Apache-2.0
-- The columns of version_get.sql. What was made from $1, as it is published now and says so, unless it is retired (7)
-- and not published (5) since.
SELECT v.number, v.achievement, a.id, a.organisation, v.version, v.version, v.document,
    CASE WHEN v.image_svg = '' THEN 0 ELSE 1 END, v.published_at
FROM (SELECT DISTINCT achievement FROM reuse WHERE source = $1) r
JOIN achievement a ON a.number = r.achievement
JOIN version v ON v.achievement = a.number
    AND v.version = (SELECT max(version) FROM version WHERE achievement = a.number)
WHERE a.id <> $1 AND instr(v.document, $1) > 0
    AND coalesce((SELECT state FROM review WHERE achievement = a.number AND state IN (5, 7)
        ORDER BY number DESC LIMIT 1), 5) = 5
ORDER BY v.published_at DESC, v.number DESC
