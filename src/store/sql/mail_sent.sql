-- SPDX-License-Identifier: Apache-2.0
UPDATE mail SET sent_at = $2 WHERE number = $1
