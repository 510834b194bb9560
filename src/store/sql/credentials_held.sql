-- SPDX-License-Identifier: Apache-2.0
SELECT id FROM award WHERE holder = $1 ORDER BY awarded_at DESC, number DESC
