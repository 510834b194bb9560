-- SPDX-License-Identifier: Apache-2.0
-- What no step of the audit stands behind: steps that nothing tells of, approvals that no step gave, approvals that last
-- although who gave them withdrew them, or are withdrawn although nobody did. Before the first step of an achievement that
-- the audit names, nothing is known. Bodies that are not here (none) are told apart by nothing: what one of them withdrew
-- is withdrawn where any approval was, then.
SELECT r.number, r.at FROM review r
WHERE NOT EXISTS (SELECT 1 FROM audit WHERE step = r.number)
    AND r.number > (SELECT min(a.step) FROM audit a JOIN review q ON q.number = a.step WHERE q.achievement = r.achievement)
UNION SELECT coalesce(p.step, 0), p.made_at FROM approval p
WHERE p.number > (SELECT min(o.number) FROM approval o WHERE o.achievement = p.achievement AND o.step IS NOT NULL)
    AND (NOT EXISTS (SELECT 1 FROM review r WHERE r.number = p.step AND r.state = 3 AND r.achievement = p.achievement
            AND r.digest = p.digest AND r.body IS p.body AND r.at = p.made_at)
        OR EXISTS (SELECT 1 FROM approval o WHERE o.step = p.step AND o.number <> p.number))
UNION SELECT r.number, r.at FROM approval p JOIN review r ON r.achievement = p.achievement AND r.body IS p.body
WHERE r.state = 8 AND p.step < r.number AND p.withdrawn_at IS NULL AND (p.until_at IS NULL OR p.until_at > r.at)
    AND (r.body IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM approval o WHERE o.achievement = r.achievement AND o.withdrawn_at = r.at))
UNION SELECT p.step, p.withdrawn_at FROM approval p
WHERE p.step IS NOT NULL AND p.withdrawn_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM review r
    WHERE r.achievement = p.achievement AND r.state = 8 AND r.at = p.withdrawn_at AND r.number > p.step
        AND (r.body IS p.body OR p.body IS NULL))
ORDER BY 1
