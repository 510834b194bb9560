-- SPDX-License-Identifier: Apache-2.0
-- 1: an upload is confirmed and not done.
SELECT count(*) FROM upload WHERE organisation = $1 AND state = 1
