-- SPDX-License-Identifier: Apache-2.0
DELETE FROM relation WHERE source = $1 AND how = $2 AND target = $3
