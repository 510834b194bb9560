-- SPDX-License-Identifier: Apache-2.0
-- What a person wrote in reviews: reasons of steps, and comments.
SELECT at, reason FROM review WHERE person = $1 AND reason <> ''
UNION ALL SELECT at, text FROM review_comment WHERE person = $1
ORDER BY 1
