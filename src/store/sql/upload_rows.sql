-- SPDX-License-Identifier: Apache-2.0
-- $3 is the date of rows that have none. Two rows are twins when learner and date agree, whether the date was written
-- or is that of the file; each is one look at an index.
SELECT r.line, r.learner_key, r.name, r.email, r.language, r.result, r.decision, r.decided_on, r.method, r.assessor,
    r.evidence, r.state, r.award, r.kind, r.marks, r.fault, r.raw,
    (SELECT a.number FROM award a
     WHERE a.achievement = (SELECT v.achievement FROM version v WHERE v.number = $2) AND a.learner_key = r.learner_key
        AND a.decided_on = CASE r.decided_on WHEN '' THEN $3 ELSE r.decided_on END AND a.revoked_at IS NULL),
    coalesce(
        (SELECT q.line FROM upload_row q
         WHERE q.upload = $1 AND q.learner_key = r.learner_key AND q.decided_on = r.decided_on AND q.state = 0
            AND q.line < r.line
         ORDER BY q.line LIMIT 1),
        (SELECT q.line FROM upload_row q
         WHERE q.upload = $1 AND q.learner_key = r.learner_key AND q.state = 0 AND q.line < r.line
            AND q.decided_on = CASE r.decided_on WHEN '' THEN $3 WHEN $3 THEN '' ELSE r.decided_on END
         ORDER BY q.line LIMIT 1))
FROM upload_row r WHERE r.upload = $1 AND r.line > $4 ORDER BY r.line LIMIT $5
