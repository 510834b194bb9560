-- SPDX-License-Identifier: Apache-2.0
INSERT INTO signing_key (organisation, issuer, method, public_key, sealed, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
