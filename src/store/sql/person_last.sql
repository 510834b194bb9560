-- SPDX-License-Identifier: Apache-2.0
-- Organisations that would be left without an administrator.
SELECT count(*) FROM member mine
WHERE mine.person = $1 AND mine.roles & 1 = 1 AND NOT EXISTS
    (SELECT 1 FROM member m WHERE m.organisation = mine.organisation AND m.person <> $1 AND m.roles & 1 = 1)
