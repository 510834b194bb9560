-- SPDX-License-Identifier: Apache-2.0
INSERT INTO organisation (id, name_en, name_fr, url, domain, fictional, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING number
