-- SPDX-License-Identifier: Apache-2.0
INSERT INTO endorsement_request (id, achievement, version, organisation, message, state, reason, created_at, asked_by)
SELECT $1, number, $3, $4, $5, 'waiting', '', $6, $7 FROM achievement WHERE id = $2
ON CONFLICT (achievement, version, organisation) WHERE state = 'waiting' DO NOTHING RETURNING number
