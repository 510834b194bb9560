-- SPDX-License-Identifier: Apache-2.0
UPDATE offering SET details = $5, updated_at = $6
WHERE id = $3 AND details = $4 AND achievement = (SELECT number FROM achievement WHERE organisation = $1 AND id = $2)
