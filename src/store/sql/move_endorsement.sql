-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM endorsement WHERE organisation = $1 ORDER BY number
