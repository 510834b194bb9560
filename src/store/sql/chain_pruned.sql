-- SPDX-License-Identifier: Apache-2.0
-- What retention took out: "17:HASH", the last first.
SELECT subject FROM audit WHERE action = 'audit.pruned' ORDER BY number DESC
