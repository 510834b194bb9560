-- SPDX-License-Identifier: Apache-2.0
DELETE FROM audit WHERE number <= $1
