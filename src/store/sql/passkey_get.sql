-- SPDX-License-Identifier: Apache-2.0
SELECT id, person, algorithm, public_key, counter, label, created_at, used_at FROM passkey WHERE id = $1
