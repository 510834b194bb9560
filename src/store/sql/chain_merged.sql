-- SPDX-License-Identifier: Apache-2.0
SELECT count(*) FROM audit WHERE action = 'account.merged' AND subject = $1
