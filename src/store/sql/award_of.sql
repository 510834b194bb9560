-- SPDX-License-Identifier: Apache-2.0
-- Without the documents.
SELECT a.number, a.id, a.organisation, a.achievement, a.version, a.upload, a.learner_key, a.name, a.email,
    a.language, a.result, a.decision, a.decided_on, a.method, a.assessor, a.evidence, '', a.status_list,
    a.status_place, a.awarded_at, a.valid_until, a.holder, a.claimed_at, a.page_on, a.check_code, a.mail_problem,
    a.revoked_at, a.revoke_code, a.revoke_reason
FROM award a
WHERE a.organisation = $1 AND ($2 = '' OR a.name LIKE $2 ESCAPE '!' OR a.email LIKE $2 ESCAPE '!'
        OR a.learner_key LIKE $2 ESCAPE '!')
    AND ($3 = 0 OR a.upload = $3)
    AND ($4 = 0 OR a.achievement = (SELECT v.achievement FROM version v WHERE v.number = $4))
    AND ($5 = 0 OR a.number < $5)
ORDER BY a.number DESC LIMIT $6
