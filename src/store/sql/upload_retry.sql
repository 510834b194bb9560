-- SPDX-License-Identifier: Apache-2.0
-- Files that wait because what they award could not be awarded are tried at once.
UPDATE upload SET retry_at = 0
WHERE state = 1 AND problem LIKE 'award.%' AND version IN (SELECT number FROM version WHERE achievement = $1)
