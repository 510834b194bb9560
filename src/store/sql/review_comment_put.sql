-- SPDX-License-Identifier: Apache-2.0
INSERT INTO review_comment (achievement, organisation, person, text, at, body) VALUES ($1, $2, $3, $4, $5, $6)
