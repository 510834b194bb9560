-- SPDX-License-Identifier: Apache-2.0
INSERT INTO scope (id, organisation, body, purpose, fields, kinds, level_framework, level_most, valid_from, valid_until,
    granted_at, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '')
