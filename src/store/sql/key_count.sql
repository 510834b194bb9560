-- SPDX-License-Identifier: Apache-2.0
SELECT count(*) FROM signing_key WHERE organisation = $1 AND retired_at IS NULL
