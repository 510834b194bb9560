-- SPDX-License-Identifier: Apache-2.0
UPDATE scope SET withdrawn_at = $3, reason = $4 WHERE id = $1 AND body = $2 AND withdrawn_at IS NULL
