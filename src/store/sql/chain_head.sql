-- SPDX-License-Identifier: Apache-2.0
SELECT number, hash FROM audit_link ORDER BY number DESC LIMIT 1
