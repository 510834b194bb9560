-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM status_list WHERE signing_key IN (SELECT number FROM signing_key WHERE organisation = $1)
ORDER BY number
