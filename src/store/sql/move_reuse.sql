-- SPDX-License-Identifier: Apache-2.0
SELECT r.* FROM reuse r JOIN achievement a ON a.number = r.achievement WHERE a.organisation = $1 ORDER BY r.number
