-- SPDX-License-Identifier: Apache-2.0
INSERT INTO item_words (rowid, label, label_fr, alternatives, alternatives_fr, code, framework)
VALUES ($1, $2, $3, $4, $5, $6, $7)
