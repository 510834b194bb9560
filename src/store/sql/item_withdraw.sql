-- SPDX-License-Identifier: Apache-2.0
UPDATE item SET withdrawn_at = $2 WHERE number = $1
