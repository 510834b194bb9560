-- SPDX-License-Identifier: Apache-2.0
-- The braces are explained in 0002-people.sql.

-- What members state for their organisation about achievements, where a rule can only be stated. One that is
-- withdrawn stays: what was signed can be looked up.
CREATE TABLE attestation (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,       -- used inside only {none}
    id           TEXT    NOT NULL UNIQUE,                 -- used in addresses: 128 random bits {none}
    achievement  INTEGER NOT NULL REFERENCES achievement, -- about what {none}
    statement    TEXT    NOT NULL,                        -- which: a key of data/frameworks/attestations.json {none}
    name         TEXT    NOT NULL,                        -- of the member, at that time {audit staff register}
    document     TEXT    NOT NULL,                        -- the signed statement {audit staff register}
    stated_at    INTEGER NOT NULL,                        -- when {none}
    withdrawn_at INTEGER                                  -- when it was withdrawn {none}
) STRICT;
CREATE UNIQUE INDEX attestation_once ON attestation (achievement, statement) WHERE withdrawn_at IS NULL;
