-- SPDX-License-Identifier: Apache-2.0
INSERT INTO relation (source, how, target, framework, list) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
