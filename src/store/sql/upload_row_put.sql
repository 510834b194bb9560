-- SPDX-License-Identifier: Apache-2.0
INSERT INTO upload_row (upload, line, learner_key, name, email, language, result, decision, decided_on, method,
    assessor, evidence, fault, raw, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0)
