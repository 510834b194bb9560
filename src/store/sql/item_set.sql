-- SPDX-License-Identifier: Apache-2.0
UPDATE item
SET label = $2, alternatives = $3, description = $4, label_fr = $5, alternatives_fr = $6, description_fr = $7, code = $8,
    type = $9, level = $10, list = $11, quality = $12, withdrawn_at = $13
WHERE number = $1
