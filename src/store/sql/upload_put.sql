-- SPDX-License-Identifier: Apache-2.0
INSERT INTO upload (id, organisation, version, file_name, decision, state, person, created_at)
VALUES ($1, $2, $3, $4, $5, 0, $6, $7)
RETURNING number
