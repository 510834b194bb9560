-- SPDX-License-Identifier: Apache-2.0
SELECT o.* FROM offering o JOIN achievement a ON a.number = o.achievement WHERE a.organisation = $1 ORDER BY o.number
