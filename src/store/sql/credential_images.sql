-- SPDX-License-Identifier: Apache-2.0
SELECT image, image_svg FROM version WHERE number = $1
