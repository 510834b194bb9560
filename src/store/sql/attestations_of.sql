-- SPDX-License-Identifier: Apache-2.0
SELECT number, id, statement, name, document, stated_at, withdrawn_at, version FROM attestation WHERE achievement = $1 ORDER BY number
