-- SPDX-License-Identifier: Apache-2.0
INSERT INTO endorsement (id, organisation, achievement, version, acceptance, digest, claims, document, status_list,
    status_place, given_at, valid_until, revoke_code, revoke_reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '') RETURNING number
