-- SPDX-License-Identifier: Apache-2.0
DELETE FROM member WHERE person = $1
