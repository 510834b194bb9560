-- SPDX-License-Identifier: Apache-2.0
INSERT INTO offering (id, achievement, details, created_at, updated_at)
SELECT $3, number, $4, $5, $5 FROM achievement WHERE organisation = $1 AND id = $2
