-- SPDX-License-Identifier: Apache-2.0
SELECT count(*)
FROM award a
WHERE a.organisation = $1 AND ($2 = '' OR a.name LIKE $2 ESCAPE '!' OR a.email LIKE $2 ESCAPE '!'
        OR a.learner_key LIKE $2 ESCAPE '!')
    AND ($3 = 0 OR a.upload = $3)
    AND ($4 = 0 OR a.achievement = (SELECT v.achievement FROM version v WHERE v.number = $4))
