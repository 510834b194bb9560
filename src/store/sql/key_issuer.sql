-- SPDX-License-Identifier: Apache-2.0
SELECT organisation FROM signing_key WHERE issuer = $1 LIMIT 1
