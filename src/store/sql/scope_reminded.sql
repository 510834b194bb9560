-- SPDX-License-Identifier: Apache-2.0
UPDATE scope SET reminded = $2 WHERE number = $1
