-- SPDX-License-Identifier: Apache-2.0
-- The last row of those at the beginning that are all older than a time.
SELECT coalesce((SELECT max(number) FROM audit_link WHERE number < coalesce(
    (SELECT min(number) FROM audit WHERE at >= $1), (SELECT max(number) + 1 FROM audit))), 0)
