-- SPDX-License-Identifier: Apache-2.0
DELETE FROM address WHERE person = $1 AND email = $2 AND main = 0
