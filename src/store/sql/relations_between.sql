-- SPDX-License-Identifier: Apache-2.0
SELECT source, how, target, list FROM relation
WHERE source > $1 AND source <= $2 AND framework = $3 ORDER BY source, how, target
