-- SPDX-License-Identifier: Apache-2.0
SELECT email, main, proven_at FROM address WHERE person = $1 ORDER BY main DESC, email
