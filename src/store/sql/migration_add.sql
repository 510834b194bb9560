-- SPDX-License-Identifier: Apache-2.0
INSERT INTO migration (number, name, applied_at) VALUES ($1, $2, $3)
