-- SPDX-License-Identifier: Apache-2.0
-- An award with what its pages need of its version, its achievement and its organisation.
SELECT a.number, a.id, a.organisation, o.id, o.name_en, o.name_fr, o.url, o.fictional, d.id, v.version, v.number,
    a.learner_key, a.name, a.email, a.language, a.result, a.decision, a.decided_on, a.method, a.assessor,
    a.evidence, a.document, a.awarded_at, a.valid_until, a.holder, a.claimed_at, a.page_on, a.check_code,
    a.mail_problem, a.revoked_at, a.revoke_code, a.revoke_reason
FROM award a
JOIN organisation o ON o.number = a.organisation
JOIN version v ON v.number = a.version
JOIN achievement d ON d.number = a.achievement
WHERE a.id = $1
