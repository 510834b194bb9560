-- SPDX-License-Identifier: Apache-2.0
UPDATE achievement SET draft = v.document, updated_at = $4,
    image = CASE WHEN v.image_svg = '' THEN v.image ELSE NULL END
FROM version v
WHERE v.achievement = achievement.number AND achievement.organisation = $1 AND achievement.id = $2 AND v.version = $3
