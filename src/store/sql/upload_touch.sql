-- SPDX-License-Identifier: Apache-2.0
UPDATE upload SET changes = changes + 1 WHERE number = $1
