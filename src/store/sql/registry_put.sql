-- SPDX-License-Identifier: Apache-2.0
-- A list that calls itself the same, signed by the same, is its next edition.
INSERT INTO registry_list (name, signer, source, document, valid_until, imported_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (name, signer) DO UPDATE
SET source = excluded.source, document = excluded.document, valid_until = excluded.valid_until,
    imported_at = excluded.imported_at
RETURNING number
