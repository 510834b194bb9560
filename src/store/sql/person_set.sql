-- SPDX-License-Identifier: Apache-2.0
UPDATE person SET name = $2, language = $3 WHERE number = $1
