-- SPDX-License-Identifier: Apache-2.0
UPDATE mail SET tries = tries + 1, next_at = $2 WHERE number = $1
