-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM award WHERE organisation = $1 ORDER BY number
