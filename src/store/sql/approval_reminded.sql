-- SPDX-License-Identifier: Apache-2.0
UPDATE approval SET reminded = $2 WHERE number = $1
