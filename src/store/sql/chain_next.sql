-- SPDX-License-Identifier: Apache-2.0
-- The next row of the audit, in their order.
SELECT coalesce(min(number), 0) FROM audit WHERE number > $1
