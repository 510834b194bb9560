-- SPDX-License-Identifier: Apache-2.0
UPDATE review_comment SET person = $2 WHERE person = $1
