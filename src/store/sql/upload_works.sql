-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET failures = 0, problem = '', retry_at = 0 WHERE number = $1 AND failures > 0
