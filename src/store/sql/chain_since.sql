-- SPDX-License-Identifier: Apache-2.0
-- When the first row of the chain was written.
SELECT coalesce((SELECT a.at FROM audit a WHERE a.number = (SELECT min(number) FROM audit_link)), 0)
