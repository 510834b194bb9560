-- SPDX-License-Identifier: Apache-2.0
-- $4 is the date of rows that have none.
SELECT r.line, r.learner_key, r.name, r.email, r.language, r.result, r.decision, r.decided_on, r.method, r.assessor,
    r.evidence, r.state, r.award,
    (SELECT a.number FROM award a
     WHERE a.achievement = (SELECT v.achievement FROM version v WHERE v.number = $3) AND a.learner_key = r.learner_key
        AND a.decided_on = CASE r.decided_on WHEN '' THEN $4 ELSE r.decided_on END AND a.revoked_at IS NULL),
    NULL
FROM upload_row r WHERE r.upload = $1 AND r.state = $2 ORDER BY r.line LIMIT $5
