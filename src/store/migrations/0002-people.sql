-- SPDX-License-Identifier: Apache-2.0
-- What stands in braces at the end of a comment says which personal data a column holds: purpose, who reads it, how
-- long it is kept (docs/privacy.md lists the words). {none} above a table speaks for all its columns.

-- Organisations that award here. {none}
CREATE TABLE organisation (
    number     INTEGER PRIMARY KEY AUTOINCREMENT, -- used inside only
    id         TEXT    NOT NULL UNIQUE,           -- used in addresses: 128 random bits
    name_en    TEXT    NOT NULL,                  -- as it calls itself in English
    name_fr    TEXT    NOT NULL,                  -- as it calls itself in French
    url        TEXT    NOT NULL,                  -- its own site; may be empty
    domain     TEXT    NOT NULL,                  -- host of the did:web it signs as; empty: did:key
    fictional  INTEGER NOT NULL,                  -- 1: made up for a demonstration, and shown as that
    created_at INTEGER NOT NULL                   -- seconds since 1970 UTC, as all that ends in _at
) STRICT;

-- People: staff and learners.
CREATE TABLE person (
    number     INTEGER PRIMARY KEY AUTOINCREMENT, -- used inside only {none}
    id         TEXT    NOT NULL UNIQUE,           -- used in addresses: 128 random bits {none}
    name       TEXT    NOT NULL,                  -- as the person wants to be called; may be empty {account self+staff account}
    language   TEXT    NOT NULL,                  -- "en" or "fr": of mails {account self account}
    created_at INTEGER NOT NULL                   -- when the account was made {account self account}
) STRICT;

-- The e-mail addresses of a person: each has been proven.
CREATE TABLE address (
    email     TEXT    PRIMARY KEY,                      -- in its normal form {account self+staff account}
    person    INTEGER NOT NULL REFERENCES person,       -- whose it is {none}
    main      INTEGER NOT NULL,                         -- 1: mails go there {none}
    proven_at INTEGER NOT NULL                          -- when the person showed that mail arrives {account self account}
) STRICT;
CREATE INDEX address_person ON address (person);

-- Who may do what for an organisation.
CREATE TABLE member (
    organisation INTEGER NOT NULL REFERENCES organisation, -- for which {none}
    person       INTEGER NOT NULL REFERENCES person,       -- who {membership self+staff membership}
    roles        INTEGER NOT NULL,                         -- bits: 1 administrator, 2 designer, 4 issuer, 8 viewer {membership self+staff membership}
    since_at     INTEGER NOT NULL,                         -- when the person became one {membership self+staff membership}
    PRIMARY KEY (organisation, person)
) STRICT;
CREATE INDEX member_person ON member (person);

-- Who is signed in.
CREATE TABLE session (
    token_hash BLOB    PRIMARY KEY,                -- SHA-256 of what the cookie holds {security nobody session}
    person     INTEGER NOT NULL REFERENCES person, -- who {security self session}
    way        TEXT    NOT NULL,                   -- how the person signed in: "mail", "passkey", "claim" {security self session}
    agent      TEXT    NOT NULL,                   -- browser and system, in a few words, for the list of sessions {security self session}
    created_at INTEGER NOT NULL,                   -- when it began {security self session}
    seen_at    INTEGER NOT NULL,                   -- when it was last used, to the hour {security self session}
    expires_at INTEGER NOT NULL                    -- when it ends {security self session}
) STRICT;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expires ON session (expires_at);

-- Links and codes on their way by mail: to sign in, to add an address, to accept an invitation.
CREATE TABLE ticket (
    token_hash   BLOB    PRIMARY KEY,                    -- SHA-256 of what the link holds {security nobody ticket}
    code_hash    BLOB    NOT NULL,                       -- SHA-256 of address and code {security nobody ticket}
    email        TEXT    NOT NULL,                       -- where it was sent, in its normal form {security nobody ticket}
    purpose      TEXT    NOT NULL,                       -- "sign-in", "address", "invitation" {none}
    person       INTEGER REFERENCES person,              -- who asked, where known {security nobody ticket}
    organisation INTEGER REFERENCES organisation,        -- of an invitation {none}
    roles        INTEGER NOT NULL,                       -- of an invitation {none}
    next         TEXT    NOT NULL,                       -- the page to go on to {none}
    tries        INTEGER NOT NULL,                       -- wrong codes so far {none}
    created_at   INTEGER NOT NULL,                       -- when it was asked for {security nobody ticket}
    expires_at   INTEGER NOT NULL,                       -- when it ends {security nobody ticket}
    used_at      INTEGER                                 -- when it was used {security nobody ticket}
) STRICT;
CREATE INDEX ticket_email ON ticket (email);
CREATE INDEX ticket_expires ON ticket (expires_at);

-- Passkeys (WebAuthn) of staff.
CREATE TABLE passkey (
    id         BLOB    PRIMARY KEY,                -- credential id, given by the authenticator {security self account}
    person     INTEGER NOT NULL REFERENCES person, -- whose {security self account}
    algorithm  INTEGER NOT NULL,                   -- COSE number: -7 ES256, -8 EdDSA, -257 RS256 {none}
    public_key BLOB    NOT NULL,                   -- as the browser gives it {security self account}
    counter    INTEGER NOT NULL,                   -- of signatures, as last seen {none}
    label      TEXT    NOT NULL,                   -- what the person calls it {security self account}
    created_at INTEGER NOT NULL,                   -- when it was added {security self account}
    used_at    INTEGER                             -- when it last signed somebody in {security self account}
) STRICT;
CREATE INDEX passkey_person ON passkey (person);

-- Challenges given to browsers for passkeys.
CREATE TABLE challenge (
    hash       BLOB    PRIMARY KEY,       -- SHA-256 of the challenge {none}
    person     INTEGER REFERENCES person, -- who adds a key; none: who signs in is not known yet {security nobody ticket}
    expires_at INTEGER NOT NULL           -- when it ends {none}
) STRICT;

-- Mails to be sent. What a mail says is made from its facts when it is sent; then the row is deleted, but in a
-- demonstration, which shows it.
CREATE TABLE mail (
    number     INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of their making {none}
    recipient  TEXT    NOT NULL,                  -- the address {contact operator mail}
    language   TEXT    NOT NULL,                  -- "en" or "fr" {contact operator mail}
    kind       TEXT    NOT NULL,                  -- which mail: "sign-in", "claim", … {none}
    facts      TEXT    NOT NULL,                  -- JSON object: what it tells; holds the link {contact operator mail}
    award      INTEGER,                           -- the award it tells of, where it does {contact operator mail}
    tries      INTEGER NOT NULL,                  -- how often it was tried {none}
    next_at    INTEGER NOT NULL,                  -- when it is tried (again) {none}
    problem    TEXT    NOT NULL,                  -- a stable word when it cannot be delivered; empty otherwise {none}
    created_at INTEGER NOT NULL,                  -- when it was made {contact operator mail}
    sent_at    INTEGER                            -- when it was sent; none: not yet {contact operator mail}
) STRICT;
CREATE INDEX mail_next ON mail (next_at) WHERE sent_at IS NULL AND problem = '';

-- What was done by whom: for administrators, and when something went wrong.
CREATE TABLE audit (
    number       INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of what happened {none}
    at           INTEGER NOT NULL,                  -- when {audit self+staff+operator audit}
    organisation INTEGER REFERENCES organisation,   -- for which, where for one {none}
    person       INTEGER REFERENCES person ON DELETE SET NULL, -- who; none: the operator, or the program itself {audit self+staff+operator audit}
    action       TEXT    NOT NULL,                  -- a stable word: "member.removed" {none}
    subject      TEXT    NOT NULL                   -- id of what it was done to {audit self+staff+operator audit}
) STRICT;
CREATE INDEX audit_organisation ON audit (organisation, number);

-- What the operator has chosen once: the origin. {none}
CREATE TABLE setting (
    name  TEXT PRIMARY KEY, -- a stable word
    value TEXT NOT NULL     -- its value
) STRICT;
