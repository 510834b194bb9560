-- SPDX-License-Identifier: Apache-2.0
SELECT number, signing_key, id, length, taken, document, updated_at FROM status_list
WHERE signing_key = $1 ORDER BY number DESC LIMIT 1
