-- SPDX-License-Identifier: Apache-2.0
INSERT INTO achievement (id, organisation, draft, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
