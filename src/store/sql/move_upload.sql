-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM upload WHERE organisation = $1 AND state <> 4 ORDER BY number
