-- SPDX-License-Identifier: Apache-2.0
SELECT number, signing_key, id, length, taken, document, updated_at FROM status_list WHERE id = $1
