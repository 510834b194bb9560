-- SPDX-License-Identifier: Apache-2.0
SELECT count(*) FROM member WHERE organisation = $1 AND roles & 1 = 1 AND person <> $2
