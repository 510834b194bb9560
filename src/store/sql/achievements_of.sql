-- SPDX-License-Identifier: Apache-2.0
-- The columns of achievement_get.sql.
SELECT a.number, a.id, a.organisation, a.draft, CASE WHEN a.image IS NULL THEN 0 ELSE 1 END, coalesce(v.version, 0),
    CASE WHEN v.document = a.draft AND (v.image = a.image OR (a.image IS NULL AND v.image_svg <> '')) THEN 0 ELSE 1 END,
    a.created_at, a.updated_at, coalesce(v.published_at, 0)
FROM achievement a
LEFT JOIN version v ON v.achievement = a.number
    AND v.version = (SELECT max(version) FROM version WHERE achievement = a.number)
WHERE a.organisation = $1
ORDER BY a.number
