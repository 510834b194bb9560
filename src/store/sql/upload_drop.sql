-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET state = 3, file_name = '' WHERE number = $1 AND state = 0
