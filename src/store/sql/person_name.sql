-- SPDX-License-Identifier: Apache-2.0
-- A name that is missing so far.
UPDATE person SET name = $2 WHERE number = $1 AND name = ''
