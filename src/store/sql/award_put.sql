-- SPDX-License-Identifier: Apache-2.0
INSERT INTO award (id, organisation, achievement, version, upload, learner_key, name, email, language, result,
    decision, decided_on, method, assessor, evidence, document, status_list, status_place, awarded_at, valid_until,
    page_on, check_code, mail_problem, revoke_code, revoke_reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, '', '', '')
RETURNING number
