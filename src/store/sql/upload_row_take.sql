-- SPDX-License-Identifier: Apache-2.0
-- The row is awarded, unless it waits no more.
UPDATE upload_row SET state = 2 WHERE upload = $1 AND line = $2 AND state = 0
