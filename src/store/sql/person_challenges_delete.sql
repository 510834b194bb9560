-- SPDX-License-Identifier: Apache-2.0
DELETE FROM challenge WHERE person = $1
