-- SPDX-License-Identifier: Apache-2.0
DELETE FROM mail WHERE number = $1
