-- SPDX-License-Identifier: Apache-2.0
SELECT count(*) FROM passkey WHERE person = $1
