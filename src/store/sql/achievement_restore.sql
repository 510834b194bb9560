-- SPDX-License-Identifier: Apache-2.0
-- The image is that of the version; the draft, $6, what its document says with where the draft comes from.
UPDATE achievement SET draft = $6, updated_at = $5,
    image = CASE WHEN v.image_svg = '' THEN v.image ELSE NULL END
FROM version v
WHERE v.achievement = achievement.number AND achievement.organisation = $1 AND achievement.id = $2 AND v.version = $3
    AND achievement.draft = $4
