-- SPDX-License-Identifier: Apache-2.0
-- Every row has to be looked at again.
UPDATE upload SET decision = $2, looked = 0 WHERE number = $1 AND state = 0
