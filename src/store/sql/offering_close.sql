-- SPDX-License-Identifier: Apache-2.0
UPDATE offering SET closed_at = $4
WHERE id = $3 AND achievement = (SELECT number FROM achievement WHERE organisation = $1 AND id = $2)
