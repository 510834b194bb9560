-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM signing_key WHERE organisation = $1 ORDER BY number
