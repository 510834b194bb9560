-- SPDX-License-Identifier: Apache-2.0
UPDATE signing_key SET retired_at = $2 WHERE organisation = $1 AND retired_at IS NULL
