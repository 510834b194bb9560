-- SPDX-License-Identifier: Apache-2.0
-- The columns of version_get.sql.
SELECT v.number, v.achievement, a.id, a.organisation, v.version,
    (SELECT max(version) FROM version WHERE achievement = a.number), v.document,
    CASE WHEN v.image_svg = '' THEN 0 ELSE 1 END, v.published_at
FROM version v
JOIN achievement a ON a.number = v.achievement
WHERE a.id = $1
ORDER BY v.version DESC
