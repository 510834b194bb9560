-- SPDX-License-Identifier: Apache-2.0
-- A step follows the one that was seen last: $2.
INSERT INTO review (achievement, state, version, digest, document, body, person, reason, at)
SELECT $1, $3, $4, $5, $6, $7, $8, $9, $10
WHERE coalesce((SELECT max(number) FROM review WHERE achievement = $1), 0) = $2
RETURNING number
