-- SPDX-License-Identifier: Apache-2.0
-- The braces are explained in 0002-people.sql.

-- Requests of an institution that another organisation endorse one of its achievements. {none}
CREATE TABLE endorsement_request (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,        -- used inside only
    id           TEXT    NOT NULL UNIQUE,                  -- used in addresses: 128 random bits
    achievement  INTEGER NOT NULL REFERENCES achievement,  -- of what
    version      INTEGER NOT NULL,                         -- which version; the one after the latest is the draft
    organisation INTEGER NOT NULL REFERENCES organisation, -- who is asked
    message      TEXT    NOT NULL,                         -- what the institution writes with it; may be empty
    state        TEXT    NOT NULL,                         -- "waiting", "given", "declined", "withdrawn"
    reason       TEXT    NOT NULL,                         -- of declining, for the institution; may be empty
    created_at   INTEGER NOT NULL,                         -- when it was asked
    answered_at  INTEGER                                   -- when it was answered or withdrawn
) STRICT;
CREATE UNIQUE INDEX endorsement_request_once ON endorsement_request (achievement, version, organisation)
    WHERE state = 'waiting';
CREATE INDEX endorsement_request_organisation ON endorsement_request (organisation);

-- What organisations have signed about achievements: endorsements, and what employers accept them for. Never deleted:
-- what was signed can be looked up. {none}
CREATE TABLE endorsement (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,        -- used inside only
    id            TEXT    NOT NULL UNIQUE,                  -- used in its address: 128 random bits
    organisation  INTEGER NOT NULL REFERENCES organisation, -- who signed
    achievement   TEXT    NOT NULL,                         -- id of the achievement, which may be of another server one day
    version       INTEGER NOT NULL,                         -- which version; 0: whichever (acceptances)
    acceptance    INTEGER NOT NULL,                         -- 1: what it is accepted for; 0: an endorsement
    digest        TEXT    NOT NULL,                         -- of the texts that were looked at; empty for acceptances
    claims        TEXT    NOT NULL,                         -- which claims, each once, parted by spaces
    document      TEXT    NOT NULL,                         -- the signed credential
    status_list   INTEGER NOT NULL REFERENCES status_list,  -- where its status stands
    status_place  INTEGER NOT NULL,                         -- which bit
    given_at      INTEGER NOT NULL,                         -- when it was signed
    valid_until   INTEGER NOT NULL,                         -- its end
    revoked_at    INTEGER,                                  -- when it was revoked
    revoke_code   TEXT    NOT NULL,                         -- a neutral word that everybody sees; empty
    revoke_reason TEXT    NOT NULL,                         -- free text for the endorser; empty
    UNIQUE (status_list, status_place)
) STRICT;
CREATE INDEX endorsement_achievement ON endorsement (achievement);
CREATE INDEX endorsement_organisation ON endorsement (organisation);
CREATE INDEX endorsement_revoked ON endorsement (status_list) WHERE revoked_at IS NOT NULL;
