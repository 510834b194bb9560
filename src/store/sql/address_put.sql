-- SPDX-License-Identifier: Apache-2.0
INSERT INTO address (email, person, main, proven_at) VALUES ($1, $2, $3, $4)
