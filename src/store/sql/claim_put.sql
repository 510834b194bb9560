-- SPDX-License-Identifier: Apache-2.0
INSERT INTO claim (token_hash, code_hash, award, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
