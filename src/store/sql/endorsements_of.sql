-- SPDX-License-Identifier: Apache-2.0
SELECT e.number, e.id, e.organisation, e.achievement, e.version, e.acceptance, e.digest, e.claims, e.document,
    e.given_at, e.valid_until, e.revoked_at, e.revoke_code, e.revoke_reason, o.id, o.name_en, o.name_fr
FROM endorsement e JOIN organisation o ON o.number = e.organisation
WHERE e.achievement = $1 AND e.acceptance = $2 ORDER BY e.number DESC
