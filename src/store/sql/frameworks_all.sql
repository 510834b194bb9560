-- SPDX-License-Identifier: Apache-2.0
SELECT number, id, kind, title, title_fr, publisher, version, licence, attribution, attribution_fr, changed_at, items,
       withdrawn, english, french
FROM framework ORDER BY title, number
