-- SPDX-License-Identifier: Apache-2.0
-- How many rows are of each kind, how many have neither result nor decision, how many a name like a formula; where the
-- first of these is.
SELECT
    (SELECT count(*) FROM upload_row WHERE upload = $1 AND kind = 0),
    (SELECT count(*) FROM upload_row WHERE upload = $1 AND kind = 1),
    (SELECT count(*) FROM upload_row WHERE upload = $1 AND kind = 2),
    (SELECT count(*) FROM upload_row WHERE upload = $1 AND kind = 3),
    (SELECT count(*) FROM upload_row WHERE upload = $1 AND marks > 0 AND marks IN (1, 3)),
    (SELECT count(*) FROM upload_row WHERE upload = $1 AND marks > 0 AND marks IN (2, 3)),
    (SELECT min(line) FROM upload_row WHERE upload = $1 AND marks > 0 AND marks IN (2, 3))
