-- SPDX-License-Identifier: Apache-2.0
-- Who has the address, or else the id.
SELECT number FROM (SELECT person AS number, 1 AS rank FROM address WHERE email = $1
    UNION ALL SELECT number, 2 FROM person WHERE id = $2) known
ORDER BY rank LIMIT 1
