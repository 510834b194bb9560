-- SPDX-License-Identifier: Apache-2.0
SELECT number, recipient, language, kind, facts, coalesce(award, 0), tries, next_at, problem, created_at, coalesce(sent_at, 0)
FROM mail WHERE sent_at IS NULL AND problem = '' AND next_at <= $1 ORDER BY next_at, number LIMIT $2
