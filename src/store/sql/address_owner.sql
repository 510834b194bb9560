-- SPDX-License-Identifier: Apache-2.0
SELECT person FROM address WHERE email = $1
