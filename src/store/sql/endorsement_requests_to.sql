-- SPDX-License-Identifier: Apache-2.0
SELECT r.number, r.id, r.version, r.organisation, r.message, r.state, r.reason, r.created_at, r.answered_at,
    a.id, a.organisation, coalesce(r.asked_by, 0)
FROM endorsement_request r JOIN achievement a ON a.number = r.achievement
WHERE r.organisation = $1 ORDER BY r.number DESC
