-- SPDX-License-Identifier: Apache-2.0
-- What was approved is a version now.
UPDATE approval SET version = (SELECT number FROM version WHERE achievement = $1 AND version = $3)
WHERE number = (SELECT max(number) FROM approval WHERE achievement = $1)
    AND digest = $2 AND version IS NULL AND withdrawn_at IS NULL
