-- SPDX-License-Identifier: Apache-2.0
-- Awarded to an address that is proven to be the person's, and claimed by nobody.
SELECT w.id FROM award w JOIN address a ON a.email = w.email
WHERE a.person = $1 AND w.holder IS NULL AND w.claimed_at IS NULL ORDER BY w.number
