-- SPDX-License-Identifier: Apache-2.0
SELECT p.* FROM status_place p JOIN status_list l ON l.number = p.list
    JOIN signing_key k ON k.number = l.signing_key
WHERE k.organisation = $1 ORDER BY p.list, p.place
