-- SPDX-License-Identifier: Apache-2.0
DELETE FROM session WHERE token_hash = $1
