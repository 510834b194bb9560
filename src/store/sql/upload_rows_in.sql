-- SPDX-License-Identifier: Apache-2.0
SELECT r.line, r.learner_key, r.name, r.email, r.language, r.result, r.decision, r.decided_on, r.method, r.assessor,
    r.evidence, r.state, r.award, NULL, NULL
FROM upload_row r WHERE r.upload = $1 AND r.state = $2 ORDER BY r.line LIMIT $3
