-- SPDX-License-Identifier: Apache-2.0
-- $5: 0 the image stays, 1 it becomes $6, 2 there is none any more.
UPDATE achievement SET draft = $4, updated_at = $7,
    image = CASE $5 WHEN 0 THEN image WHEN 1 THEN $6 ELSE NULL END
WHERE organisation = $1 AND id = $2 AND draft = $3
