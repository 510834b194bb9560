-- SPDX-License-Identifier: Apache-2.0
INSERT INTO ticket (token_hash, code_hash, email, purpose, person, organisation, roles, next, tries, created_at,
    expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)
