-- SPDX-License-Identifier: Apache-2.0
SELECT c.token_hash, c.code_hash, c.award, a.id, c.created_at, c.expires_at, c.used_at
FROM claim c JOIN award a ON a.number = c.award
WHERE c.code_hash = $1
