-- SPDX-License-Identifier: Apache-2.0
DELETE FROM challenge
WHERE hash = $1 AND expires_at > $3 AND (person = $2 OR (person IS NULL AND $2 = 0))
