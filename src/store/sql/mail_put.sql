-- SPDX-License-Identifier: Apache-2.0
INSERT INTO mail (recipient, language, kind, facts, award, tries, next_at, problem, created_at)
VALUES ($1, $2, $3, $4, $5, 0, $6, '', $7)
