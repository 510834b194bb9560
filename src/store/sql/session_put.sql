-- SPDX-License-Identifier: Apache-2.0
INSERT INTO session (token_hash, person, way, agent, created_at, seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
