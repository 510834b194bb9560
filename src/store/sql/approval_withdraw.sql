-- SPDX-License-Identifier: Apache-2.0
UPDATE approval SET withdrawn_at = $2 WHERE number = $1 AND withdrawn_at IS NULL
