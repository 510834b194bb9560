-- SPDX-License-Identifier: Apache-2.0
INSERT INTO attestation (id, achievement, statement, name, document, stated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT DO NOTHING RETURNING number
