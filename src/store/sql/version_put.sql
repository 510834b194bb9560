-- SPDX-License-Identifier: Apache-2.0
INSERT INTO version (achievement, version, document, image, image_svg, image_fr, image_fr_svg, published_at)
SELECT a.number, 1 + coalesce((SELECT max(v.version) FROM version v WHERE v.achievement = a.number), 0), a.draft,
    $4, $5, $6, $7, $8
FROM achievement a
WHERE a.organisation = $1 AND a.id = $2 AND a.draft = $3
RETURNING version
