-- SPDX-License-Identifier: Apache-2.0
SELECT number, organisation, issuer, method, public_key, sealed, created_at, retired_at FROM signing_key WHERE number = $1
