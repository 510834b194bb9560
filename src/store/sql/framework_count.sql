-- SPDX-License-Identifier: Apache-2.0
SELECT count(*) FILTER (WHERE withdrawn_at IS NULL), count(withdrawn_at),
       count(*) FILTER (WHERE withdrawn_at IS NULL AND label <> ''),
       count(*) FILTER (WHERE withdrawn_at IS NULL AND label_fr <> '')
FROM item WHERE framework = $1
