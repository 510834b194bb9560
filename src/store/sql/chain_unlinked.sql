-- SPDX-License-Identifier: Apache-2.0
-- Rows of the audit that the program did not write.
SELECT a.number, a.at FROM audit a WHERE a.number >= $1 AND NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.number = a.number)
ORDER BY a.number
