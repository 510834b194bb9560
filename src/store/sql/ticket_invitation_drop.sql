-- SPDX-License-Identifier: Apache-2.0
DELETE FROM ticket
WHERE organisation = $1 AND email = $2 AND purpose = 'invitation' AND used_at IS NULL AND expires_at > $3
