-- SPDX-License-Identifier: Apache-2.0
SELECT number FROM award
WHERE achievement = $1 AND learner_key = $2 AND decided_on = $3 AND revoked_at IS NULL
