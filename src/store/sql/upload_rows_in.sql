-- SPDX-License-Identifier: Apache-2.0
-- $3 is the date of rows that have none.
SELECT r.line, r.learner_key, r.name, r.email, r.language, r.result, r.decision, r.decided_on, r.method, r.assessor,
    r.evidence, r.state, r.award, r.kind, r.marks, r.fault, r.raw,
    (SELECT a.number FROM award a
     WHERE a.achievement = (SELECT v.achievement FROM version v WHERE v.number = $2) AND a.learner_key = r.learner_key
        AND a.decided_on = CASE r.decided_on WHEN '' THEN $3 ELSE r.decided_on END AND a.revoked_at IS NULL),
    NULL
FROM upload_row r WHERE r.upload = $1 AND r.state = $4 ORDER BY r.line LIMIT $5
