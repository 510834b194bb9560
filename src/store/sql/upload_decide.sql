-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET decision = $2 WHERE number = $1 AND state = 0
