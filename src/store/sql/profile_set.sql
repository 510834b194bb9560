-- SPDX-License-Identifier: Apache-2.0
UPDATE organisation SET profile = $2 WHERE number = $1
