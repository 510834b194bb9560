-- SPDX-License-Identifier: Apache-2.0
UPDATE address SET main = CASE WHEN email = $2 THEN 1 ELSE 0 END
WHERE person = $1 AND EXISTS (SELECT 1 FROM address mine WHERE mine.person = $1 AND mine.email = $2)
