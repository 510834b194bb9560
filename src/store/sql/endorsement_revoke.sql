-- SPDX-License-Identifier: Apache-2.0
UPDATE endorsement SET revoked_at = $3, revoke_code = $4, revoke_reason = $5
WHERE organisation = $1 AND id = $2 AND revoked_at IS NULL
