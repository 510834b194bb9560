-- SPDX-License-Identifier: Apache-2.0
-- Quality bodies and operators of registries: organisations whose word on what others may do counts on this server,
-- because its operator says so. {none}
CREATE TABLE quality_body (
    organisation INTEGER PRIMARY KEY REFERENCES organisation, -- which
    since_at     INTEGER NOT NULL                             -- when the operator said so
) STRICT;

-- What a body lets an organisation do, in which fields, from when to when. One that is withdrawn stays. {none}
CREATE TABLE scope (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,        -- used inside only
    id              TEXT    NOT NULL UNIQUE,                  -- used in addresses: 128 random bits
    organisation    INTEGER NOT NULL REFERENCES organisation, -- which may
    body            INTEGER NOT NULL REFERENCES organisation, -- which says so
    purpose         TEXT    NOT NULL,                         -- "provide" or "endorse"
    fields          TEXT    NOT NULL,                         -- beginnings of codes: "isced:061 cip:11"; empty: every field
    level_framework TEXT    NOT NULL,                         -- "EQF": whose levels are limited; empty: none are
    level_most      INTEGER NOT NULL,                         -- the highest there
    valid_from      INTEGER NOT NULL,                         -- its first moment
    valid_until     INTEGER,                                  -- its last; none: until it is withdrawn
    granted_at      INTEGER NOT NULL,                         -- when it was entered
    withdrawn_at    INTEGER,                                  -- when it was withdrawn
    reason          TEXT    NOT NULL                          -- why it was withdrawn; empty until then
) STRICT;
CREATE INDEX scope_organisation ON scope (organisation, purpose);
CREATE INDEX scope_body ON scope (body);
