-- SPDX-License-Identifier: Apache-2.0
INSERT INTO person (id, name, language, created_at) VALUES ($1, $2, $3, $4) RETURNING number
