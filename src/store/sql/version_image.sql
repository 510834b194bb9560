-- SPDX-License-Identifier: Apache-2.0
-- $2: 1 for French. An uploaded image is the same in both.
SELECT CASE WHEN $2 = 1 AND image_svg <> '' THEN image_fr ELSE image END,
    CASE WHEN $2 = 1 THEN image_fr_svg ELSE image_svg END
FROM version WHERE number = $1
