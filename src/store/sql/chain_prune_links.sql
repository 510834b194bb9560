-- SPDX-License-Identifier: Apache-2.0
DELETE FROM audit_link WHERE number <= $1
