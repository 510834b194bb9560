-- SPDX-License-Identifier: Apache-2.0
UPDATE ticket SET tries = tries + 1 WHERE email = $1 AND used_at IS NULL AND expires_at > $2
