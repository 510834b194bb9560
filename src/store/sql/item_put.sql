-- SPDX-License-Identifier: Apache-2.0
INSERT INTO item (framework, uri, label, alternatives, description, label_fr, alternatives_fr, description_fr, code, type,
                  level, list, quality)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING number
