-- SPDX-License-Identifier: Apache-2.0
-- When it was retired (7), unless it was published (5) since; 0: it is not.
SELECT coalesce((SELECT CASE state WHEN 7 THEN at ELSE 0 END FROM review
    WHERE achievement = $1 AND state IN (5, 7) ORDER BY number DESC LIMIT 1), 0)
