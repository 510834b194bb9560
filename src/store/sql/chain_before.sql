-- SPDX-License-Identifier: Apache-2.0
-- The link before a number.
SELECT number, hash FROM audit_link WHERE number < $1 ORDER BY number DESC LIMIT 1
