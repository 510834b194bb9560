-- SPDX-License-Identifier: Apache-2.0
-- Those of the last hour count against the next, and a used link says so for a day.
DELETE FROM ticket WHERE expires_at < $1 - 86400
