-- SPDX-License-Identifier: Apache-2.0
SELECT number, name, signer, source, document, valid_until, imported_at FROM registry_list ORDER BY number
