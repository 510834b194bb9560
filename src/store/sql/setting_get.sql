-- SPDX-License-Identifier: Apache-2.0
SELECT value FROM setting WHERE name = $1
