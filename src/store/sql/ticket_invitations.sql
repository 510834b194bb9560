-- SPDX-License-Identifier: Apache-2.0
SELECT token_hash, code_hash, email, purpose, person, organisation, roles, next, tries, created_at, expires_at,
    used_at IS NOT NULL
FROM ticket WHERE organisation = $1 AND purpose = 'invitation' AND used_at IS NULL AND expires_at > $2
ORDER BY created_at, email
