-- SPDX-License-Identifier: Apache-2.0
SELECT number, hash FROM audit_link WHERE number = $1
