-- SPDX-License-Identifier: Apache-2.0
INSERT INTO framework (id, kind, title, title_fr, publisher, version, licence, attribution, attribution_fr, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING number
