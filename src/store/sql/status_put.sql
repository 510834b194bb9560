-- SPDX-License-Identifier: Apache-2.0
INSERT INTO status_list (id, signing_key, length, taken, document, updated_at)
VALUES ($1, $2, $3, 0, '', $4) RETURNING number
