-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM achievement WHERE organisation = $1 ORDER BY number
