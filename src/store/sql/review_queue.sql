-- SPDX-License-Identifier: Apache-2.0
-- What waits for a body: submitted (1) or in review (2), the oldest first; with what was submitted last. What was
-- withdrawn (8) meanwhile is an approval from before.
SELECT a.organisation, a.id, r.state, r.at, f.name_en, f.name_fr, (SELECT document FROM review
    WHERE achievement = a.number AND state = 1 ORDER BY number DESC LIMIT 1)
FROM review r
JOIN achievement a ON a.number = r.achievement
JOIN organisation f ON f.number = a.organisation
WHERE r.body = $1 AND r.state IN (1, 2) AND r.number = (SELECT max(number) FROM review WHERE achievement = a.number AND state <> 8)
ORDER BY r.number
