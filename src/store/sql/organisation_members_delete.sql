-- SPDX-License-Identifier: Apache-2.0
DELETE FROM member WHERE organisation = $1
