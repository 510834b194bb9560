-- SPDX-License-Identifier: Apache-2.0
-- Its rows are still to come: nobody sees it.
INSERT INTO upload (id, organisation, version, file_name, decision, state, person, created_at)
VALUES ($1, $2, $3, $4, $5, 4, $6, $7)
RETURNING number
