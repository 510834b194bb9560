-- SPDX-License-Identifier: Apache-2.0
-- In how many rows accounts that were deleted say to have taken out who it was.
SELECT coalesce(sum(CAST(subject AS INTEGER)), 0) FROM audit WHERE action = 'account.deleted'
