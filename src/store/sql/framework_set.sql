-- SPDX-License-Identifier: Apache-2.0
UPDATE framework
SET title = $2, title_fr = $3, publisher = $4, version = $5, licence = $6, attribution = $7, attribution_fr = $8,
    changed_at = $9, items = $10, withdrawn = $11, english = $12, french = $13
WHERE number = $1
