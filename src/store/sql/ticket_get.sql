-- SPDX-License-Identifier: Apache-2.0
SELECT token_hash, code_hash, email, purpose, person, organisation, roles, next, tries, created_at, expires_at,
    used_at IS NOT NULL
FROM ticket WHERE token_hash = $1
