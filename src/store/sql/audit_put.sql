-- SPDX-License-Identifier: Apache-2.0
INSERT INTO audit (at, organisation, person, action, subject) VALUES ($1, $2, $3, $4, $5) RETURNING number
