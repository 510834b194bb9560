-- SPDX-License-Identifier: Apache-2.0
UPDATE session SET seen_at = $2 WHERE token_hash = $1
