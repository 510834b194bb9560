-- SPDX-License-Identifier: Apache-2.0
UPDATE attestation SET withdrawn_at = $3 WHERE achievement = $1 AND id = $2 AND withdrawn_at IS NULL
