-- SPDX-License-Identifier: Apache-2.0
UPDATE ticket SET used_at = $4
WHERE email = $1 AND code_hash = $2 AND used_at IS NULL AND expires_at > $4 AND tries < $3
RETURNING token_hash, code_hash, email, purpose, person, organisation, roles, next, tries, created_at, expires_at,
    used_at IS NOT NULL
