-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM approval WHERE achievement IN (SELECT number FROM achievement WHERE organisation = $1) ORDER BY number
