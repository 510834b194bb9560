-- SPDX-License-Identifier: Apache-2.0
UPDATE passkey SET counter = $2, used_at = $3 WHERE id = $1
