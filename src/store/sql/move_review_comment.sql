-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM review_comment WHERE achievement IN (SELECT number FROM achievement WHERE organisation = $1) ORDER BY number
