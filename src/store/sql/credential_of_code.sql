-- SPDX-License-Identifier: Apache-2.0
-- A code with and without its hyphen.
SELECT id FROM award WHERE check_code IN ($1, $2)
