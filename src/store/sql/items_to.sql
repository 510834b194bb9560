-- SPDX-License-Identifier: Apache-2.0
SELECT i.number, i.framework, i.uri, i.label, '', '', i.label_fr, '', '', i.code, i.type, i.level, i.list, i.quality,
       i.withdrawn_at, r.how, 0
FROM relation r JOIN item i ON i.number = r.target
WHERE r.source = $1 AND r.how = $2 AND i.withdrawn_at IS NULL ORDER BY i.quality, i.number LIMIT $3
