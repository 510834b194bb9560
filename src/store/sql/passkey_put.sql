-- SPDX-License-Identifier: Apache-2.0
INSERT INTO passkey (id, person, algorithm, public_key, counter, label, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO NOTHING
