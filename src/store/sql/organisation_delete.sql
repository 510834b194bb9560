-- SPDX-License-Identifier: Apache-2.0
DELETE FROM organisation WHERE number = $1
