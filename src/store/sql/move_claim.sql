-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM claim WHERE award IN (SELECT number FROM award WHERE organisation = $1) ORDER BY award, created_at
