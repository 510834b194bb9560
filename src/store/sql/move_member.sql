-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM member WHERE organisation = $1 ORDER BY person
