-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET looked = $2, looked_at = $3 WHERE number = $1
