-- SPDX-License-Identifier: Apache-2.0
SELECT number, framework, uri, label, alternatives, description, label_fr, alternatives_fr, description_fr, code, type,
       level, list, quality, withdrawn_at
FROM item WHERE framework = $1 AND uri = $2
