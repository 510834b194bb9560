-- SPDX-License-Identifier: Apache-2.0
UPDATE organisation SET domain = $2 WHERE number = $1
