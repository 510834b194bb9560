-- SPDX-License-Identifier: Apache-2.0
-- A preview that nobody went on with; rows that have stopped coming in.
UPDATE upload SET state = 3, file_name = '' WHERE (state = 0 AND created_at < $1) OR (state = 4 AND created_at < $2)
