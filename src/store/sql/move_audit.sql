-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM audit WHERE organisation = $1 ORDER BY number
