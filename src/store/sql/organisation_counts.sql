-- SPDX-License-Identifier: Apache-2.0
SELECT (SELECT count(*) FROM achievement WHERE organisation = $1), (SELECT count(*) FROM award WHERE organisation = $1),
    (SELECT count(*) FROM member WHERE organisation = $1),
    (SELECT count(*) FROM signing_key WHERE organisation = $1 AND retired_at IS NULL),
    (SELECT count(*) FROM audit WHERE organisation = $1 AND action NOT LIKE 'page.%'),
    (SELECT count(*) FROM scope s JOIN quality_body q ON q.organisation = s.body
        WHERE s.organisation = $1 AND s.withdrawn_at IS NULL),
    (SELECT count(*) FROM endorsement_request WHERE organisation = $1 AND state = 'waiting'),
    (SELECT count(*) FROM review r WHERE r.body = $1 AND r.state IN (1, 2)
        AND r.number = (SELECT max(number) FROM review WHERE achievement = r.achievement AND state <> 8))
