-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM upload WHERE organisation = $1 ORDER BY number
