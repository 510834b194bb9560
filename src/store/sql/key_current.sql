-- SPDX-License-Identifier: Apache-2.0
SELECT number, organisation, issuer, method, public_key, sealed, created_at, retired_at FROM signing_key
WHERE organisation = $1 AND retired_at IS NULL ORDER BY number DESC LIMIT 1
