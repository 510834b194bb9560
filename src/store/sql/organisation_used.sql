-- SPDX-License-Identifier: Apache-2.0
SELECT (SELECT count(*) FROM achievement WHERE organisation = $1) + (SELECT count(*) FROM award WHERE organisation = $1) +
    (SELECT count(*) FROM upload WHERE organisation = $1) + (SELECT count(*) FROM signing_key WHERE organisation = $1) +
    (SELECT count(*) FROM scope WHERE organisation = $1 OR body = $1) +
    (SELECT count(*) FROM endorsement_request WHERE organisation = $1) +
    (SELECT count(*) FROM review WHERE body = $1) + (SELECT count(*) FROM review_comment WHERE organisation = $1)
