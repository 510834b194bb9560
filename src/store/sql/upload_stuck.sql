-- SPDX-License-Identifier: Apache-2.0
-- What one that cannot be worked at has failed with.
SELECT problem FROM upload WHERE state = 1 AND failures > 0 ORDER BY number LIMIT 1
