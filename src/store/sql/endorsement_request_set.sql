-- SPDX-License-Identifier: Apache-2.0
UPDATE endorsement_request SET state = $2, reason = $3, answered_at = $4 WHERE id = $1 AND state = 'waiting'
