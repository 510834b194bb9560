-- SPDX-License-Identifier: Apache-2.0
SELECT s.token_hash, s.person, s.way, s.agent, s.created_at, s.seen_at, s.expires_at
FROM session s WHERE s.person = $1 AND s.expires_at > $2 ORDER BY s.seen_at DESC, s.created_at DESC
