-- SPDX-License-Identifier: Apache-2.0
-- The braces are explained in 0002-people.sql.
-- A statement is of one version: the one that the draft was, or was to become, when it was made.
ALTER TABLE attestation ADD COLUMN version INTEGER NOT NULL DEFAULT 0; -- of which version; it may still be to come {none}
UPDATE attestation SET version = coalesce(
    (SELECT min(v.version) FROM version v
     WHERE v.achievement = attestation.achievement AND v.published_at >= attestation.stated_at),
    (SELECT v.version FROM version v JOIN achievement a ON a.number = v.achievement
     WHERE v.achievement = attestation.achievement AND v.document = a.draft ORDER BY v.version DESC LIMIT 1),
    (SELECT 1 + coalesce(max(v.version), 0) FROM version v WHERE v.achievement = attestation.achievement));
DROP INDEX attestation_once;
CREATE UNIQUE INDEX attestation_once ON attestation (achievement, version, statement) WHERE withdrawn_at IS NULL;
