-- SPDX-License-Identifier: Apache-2.0
-- One that somebody holds stays with them; one whose holder has deleted the account is free again.
UPDATE award SET holder = $2, claimed_at = $3 WHERE number = $1 AND holder IS NULL AND revoked_at IS NULL
