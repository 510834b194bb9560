-- SPDX-License-Identifier: Apache-2.0
UPDATE address SET person = $2, main = 0 WHERE person = $1
