-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET failures = failures + 1, problem = $2, retry_at = $3 WHERE number = $1
