-- SPDX-License-Identifier: Apache-2.0
UPDATE ticket SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
RETURNING token_hash, code_hash, email, purpose, person, organisation, roles, next, tries, created_at, expires_at,
    used_at IS NOT NULL
