-- SPDX-License-Identifier: Apache-2.0
SELECT t.* FROM attestation t JOIN achievement a ON a.number = t.achievement WHERE a.organisation = $1 ORDER BY t.number
