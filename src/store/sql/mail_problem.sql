-- SPDX-License-Identifier: Apache-2.0
UPDATE award SET mail_problem = $2 WHERE number = $1 AND mail_problem <> $2
