-- SPDX-License-Identifier: Apache-2.0
INSERT OR IGNORE INTO status_place (list, place) VALUES ($1, $2)
