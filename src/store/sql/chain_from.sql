-- SPDX-License-Identifier: Apache-2.0
-- The number from which on there are so many links, or all there are.
SELECT coalesce(min(number), 0) FROM (SELECT number FROM audit_link ORDER BY number DESC LIMIT $1)
