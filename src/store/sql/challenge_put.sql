-- SPDX-License-Identifier: Apache-2.0
INSERT INTO challenge (hash, person, expires_at) VALUES ($1, $2, $3)
