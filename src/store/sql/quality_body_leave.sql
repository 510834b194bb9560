-- SPDX-License-Identifier: Apache-2.0
-- Who lets others provide stays a body: they would be bound by nobody.
DELETE FROM quality_body WHERE organisation = $1
    AND NOT EXISTS (SELECT 1 FROM scope WHERE body = $1 AND purpose = 'provide' AND withdrawn_at IS NULL)
