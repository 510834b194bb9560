-- SPDX-License-Identifier: Apache-2.0
SELECT a.number, a.id, a.organisation, a.achievement, a.version, a.upload, a.learner_key, a.name, a.email,
    a.language, a.result, a.decision, a.decided_on, a.method, a.assessor, a.evidence, a.document, a.status_list,
    a.status_place, a.awarded_at, a.valid_until, a.holder, a.claimed_at, a.page_on, a.check_code, a.mail_problem,
    a.revoked_at, a.revoke_code, a.revoke_reason
FROM award a WHERE a.id = $1
