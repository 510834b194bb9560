-- SPDX-License-Identifier: Apache-2.0
INSERT INTO audit (at, organisation, person, action, subject, step) VALUES ($1, $2, $3, $4, $5, $6) RETURNING number
