-- SPDX-License-Identifier: Apache-2.0
SELECT i.number, i.framework, i.uri, i.label, i.alternatives, i.description, i.label_fr, i.alternatives_fr,
       i.description_fr, i.code, i.type, i.level, i.list, i.quality, i.withdrawn_at
FROM item_words w JOIN item i ON i.number = w.rowid & 1099511627775
WHERE item_words MATCH $1 AND ($3 = '' OR i.type = $3)
  AND ($4 = 0 OR (i.type NOT IN ('occupation', 'occupation-group')
                  AND i.framework NOT IN (SELECT number FROM framework WHERE kind IN ('noc', 'cip', 'isced-f'))))
ORDER BY w.rowid LIMIT $2
