-- SPDX-License-Identifier: Apache-2.0
-- All addresses of members; of other holders the main one alone.
SELECT * FROM address
WHERE person IN (SELECT person FROM member WHERE organisation = $1)
    OR main = 1 AND person IN (SELECT holder FROM award WHERE organisation = $1)
ORDER BY person, email
