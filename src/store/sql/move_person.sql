-- SPDX-License-Identifier: Apache-2.0
-- Members, and who holds an award; with the main address, by which a person is known elsewhere.
SELECT p.*, coalesce(a.email, '') AS main_email
FROM person p LEFT JOIN address a ON a.person = p.number AND a.main = 1
WHERE p.number IN (SELECT person FROM member WHERE organisation = $1
    UNION SELECT holder FROM award WHERE organisation = $1)
ORDER BY p.number
