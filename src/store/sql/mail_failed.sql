-- SPDX-License-Identifier: Apache-2.0
-- The link in the facts is a secret that nobody needs any more.
UPDATE mail SET problem = $2, facts = '{}' WHERE number = $1
