-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET state = 0 WHERE number = $1 AND state = 4
