-- SPDX-License-Identifier: Apache-2.0
-- Only while it is previewed; a row that was dropped is back, and whoever saved it has seen its fault.
UPDATE upload_row
SET learner_key = $3, name = $4, email = $5, language = $6, result = $7, decision = $8, decided_on = $9, method = $10,
    assessor = $11, evidence = $12, state = 0, fault = '', raw = ''
WHERE upload = $1 AND line = $2 AND EXISTS (SELECT 1 FROM upload WHERE number = $1 AND state = 0)
