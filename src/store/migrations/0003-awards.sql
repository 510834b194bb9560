-- SPDX-License-Identifier: Apache-2.0
-- The braces are explained in 0002-people.sql.

-- Keys organisations sign with. A retired key stays: what it signed must verify. {none}
CREATE TABLE signing_key (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,        -- used inside only
    organisation INTEGER NOT NULL REFERENCES organisation, -- whose
    issuer       TEXT    NOT NULL,                         -- id of the issuer it signs as: "did:key:…", "did:web:…"
    method       TEXT    NOT NULL,                         -- verificationMethod of its signatures
    public_key   TEXT    NOT NULL,                         -- Multikey
    sealed       BLOB    NOT NULL,                         -- the private key, sealed with the master key
    created_at   INTEGER NOT NULL,                         -- when it was made
    retired_at   INTEGER                                   -- since when it awards no more
) STRICT;
CREATE INDEX signing_key_organisation ON signing_key (organisation);
CREATE INDEX signing_key_issuer ON signing_key (issuer);

-- Definitions of micro-credentials, as they are being written. {none}
CREATE TABLE achievement (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,        -- used inside only
    id           TEXT    NOT NULL UNIQUE,                  -- used in addresses: 128 random bits
    organisation INTEGER NOT NULL REFERENCES organisation, -- whose
    draft        TEXT    NOT NULL,                         -- JSON: the texts in both languages, outcomes, validity
    image        BLOB,                                     -- PNG, cleaned; none: one is drawn
    created_at   INTEGER NOT NULL,                         -- when it was begun
    updated_at   INTEGER NOT NULL                          -- when the draft was last changed
) STRICT;
CREATE INDEX achievement_organisation ON achievement (organisation);

-- Published versions: never changed, never deleted. {none}
CREATE TABLE version (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,       -- used inside only
    achievement  INTEGER NOT NULL REFERENCES achievement, -- of which
    version      INTEGER NOT NULL,                        -- 1, 2, …
    document     TEXT    NOT NULL,                        -- JSON: the draft as it was published
    image        BLOB    NOT NULL,                        -- PNG: uploaded, or drawn with the English name
    image_svg    TEXT    NOT NULL,                        -- the drawn one; empty where one was uploaded
    image_fr     BLOB    NOT NULL,                        -- PNG drawn with the French name; empty likewise
    image_fr_svg TEXT    NOT NULL,                        -- the same as SVG; empty likewise
    published_at INTEGER NOT NULL,                        -- when
    UNIQUE (achievement, version)
) STRICT;
CREATE TRIGGER version_stays BEFORE UPDATE ON version
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER version_remains BEFORE DELETE ON version
BEGIN SELECT RAISE(ABORT, 'a published version is never deleted'); END;

-- Status lists (Bitstring Status List 1.0): one key signs a list, from its first day to its last. {none}
CREATE TABLE status_list (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,       -- used inside only
    id           TEXT    NOT NULL UNIQUE,                 -- used in its address: 128 random bits
    signing_key  INTEGER NOT NULL REFERENCES signing_key, -- who signs it
    length       INTEGER NOT NULL,                        -- bits
    taken        INTEGER NOT NULL,                        -- how many of them are given to awards
    document     TEXT    NOT NULL,                        -- the signed list as it is published; empty: not yet
    updated_at   INTEGER NOT NULL                         -- when it was last signed
) STRICT;

-- Places in status lists that are taken, so that none is given twice. {none}
CREATE TABLE status_place (
    list  INTEGER NOT NULL REFERENCES status_list, -- in which
    place INTEGER NOT NULL,                        -- which bit, drawn at random
    PRIMARY KEY (list, place)
) STRICT, WITHOUT ROWID;

-- Files with people to award, from the upload to the end of the work.
CREATE TABLE upload (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,        -- used inside only {none}
    id           TEXT    NOT NULL UNIQUE,                  -- used in addresses: 128 random bits {none}
    organisation INTEGER NOT NULL REFERENCES organisation, -- who awards {none}
    version      INTEGER NOT NULL REFERENCES version,      -- what is awarded {none}
    file_name    TEXT    NOT NULL,                         -- as the issuer called the file {award staff register}
    decision     TEXT    NOT NULL,                         -- JSON: date, method and who decided, for rows that say nothing {award staff register}
    state        INTEGER NOT NULL,                         -- 0 preview, 1 confirmed, 2 done, 3 dropped {none}
    person       INTEGER REFERENCES person ON DELETE SET NULL, -- who uploaded it {audit staff register}
    created_at   INTEGER NOT NULL,                         -- when {none}
    confirmed_at INTEGER,                                  -- when it was confirmed {none}
    done_at      INTEGER                                   -- when the last row was awarded {none}
) STRICT;
CREATE INDEX upload_organisation ON upload (organisation);
CREATE INDEX upload_state ON upload (state);

-- Their rows, as read and mended. Deleted 30 days after the work is done.
CREATE TABLE upload_row (
    upload      INTEGER NOT NULL REFERENCES upload ON DELETE CASCADE, -- of which file {none}
    line        INTEGER NOT NULL,  -- where it begins in the file {none}
    learner_key TEXT    NOT NULL,  -- the institution's own key, such as a student number {award staff upload}
    name        TEXT    NOT NULL,  -- as it shall appear {award staff upload}
    email       TEXT    NOT NULL,  -- where the claim goes {award staff upload}
    language    TEXT    NOT NULL,  -- "en" or "fr", as written {award staff upload}
    result      TEXT    NOT NULL,  -- of the assessment {award staff upload}
    decision    TEXT    NOT NULL,  -- of the assessment, in words {award staff upload}
    decided_on  TEXT    NOT NULL,  -- date of the assessment {award staff upload}
    method      TEXT    NOT NULL,  -- of the assessment {award staff upload}
    assessor    TEXT    NOT NULL,  -- who assessed {award staff upload}
    evidence    TEXT    NOT NULL,  -- link; may be empty {award staff upload}
    state       INTEGER NOT NULL,  -- 0 waiting, 1 dropped, 2 awarded, 3 had been awarded before, 4 could not be signed {none}
    award       INTEGER,           -- the award it led to, or found {none}
    PRIMARY KEY (upload, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_row_state ON upload_row (upload, state);
CREATE INDEX upload_row_twin ON upload_row (upload, learner_key, decided_on, state);

-- Awards: the institution's register. One row, one signed credential.
CREATE TABLE award (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,        -- used inside only {none}
    id            TEXT    NOT NULL UNIQUE,                  -- used in the credential's id and page: 128 random bits {none}
    organisation  INTEGER NOT NULL REFERENCES organisation, -- who awarded {none}
    achievement   INTEGER NOT NULL REFERENCES achievement,  -- what {none}
    version       INTEGER NOT NULL REFERENCES version,      -- in which version {none}
    upload        INTEGER REFERENCES upload,                -- the file it came from {none}
    learner_key   TEXT    NOT NULL,                         -- the institution's own key {award staff register}
    name          TEXT    NOT NULL,                         -- as it appears {award self+staff+public register}
    email         TEXT    NOT NULL,                         -- where the claim went, in its normal form {award self+staff register}
    language      TEXT    NOT NULL,                         -- of the credential: "en" or "fr" {award self+staff+public register}
    result        TEXT    NOT NULL,                         -- of the assessment; may be empty {award self+staff+public register}
    decision      TEXT    NOT NULL,                         -- of the assessment, in words; may be empty {award self+staff+public register}
    decided_on    TEXT    NOT NULL,                         -- date of the assessment {award self+staff+public register}
    method        TEXT    NOT NULL,                         -- of the assessment; may be empty {award self+staff+public register}
    assessor      TEXT    NOT NULL,                         -- who assessed; may be empty {award self+staff+public register}
    evidence      TEXT    NOT NULL,                         -- link, not signed; may be empty {evidence self+staff register}
    document      TEXT    NOT NULL,                         -- the signed credential {award self+staff+public register}
    status_list   INTEGER NOT NULL REFERENCES status_list,  -- where its status stands {none}
    status_place  INTEGER NOT NULL,                         -- which bit {none}
    awarded_at    INTEGER NOT NULL,                         -- when it was signed {award self+staff+public register}
    valid_until   INTEGER,                                  -- its end, where it has one {award self+staff+public register}
    holder        INTEGER REFERENCES person ON DELETE SET NULL, -- who claimed it {award self+staff account}
    claimed_at    INTEGER,                                  -- when {award self+staff account}
    page_on       INTEGER NOT NULL,                         -- 1: the holder lets its page be seen {none}
    check_code    TEXT    NOT NULL UNIQUE,                  -- short, typed from paper to find the page {none}
    mail_problem  TEXT    NOT NULL,                         -- a stable word where the mail could not be delivered {award staff register}
    revoked_at    INTEGER,                                  -- when it was revoked {award self+staff+public register}
    revoke_code   TEXT    NOT NULL,                         -- a neutral word that everybody sees; empty {award self+staff+public register}
    revoke_reason TEXT    NOT NULL,                         -- free text for the institution; empty {award staff register}
    UNIQUE (status_list, status_place)
) STRICT;
CREATE UNIQUE INDEX award_once ON award (achievement, learner_key, decided_on) WHERE revoked_at IS NULL;
CREATE INDEX award_organisation ON award (organisation, number);
CREATE INDEX award_holder ON award (holder);
CREATE INDEX award_email ON award (email);
CREATE INDEX award_revoked ON award (status_list) WHERE revoked_at IS NOT NULL;

-- Links and codes by which a learner claims an award.
CREATE TABLE claim (
    token_hash BLOB    PRIMARY KEY,               -- SHA-256 of what the link holds {security nobody claim}
    code_hash  BLOB    NOT NULL UNIQUE,           -- SHA-256 of the code, which is typed on another device {security nobody claim}
    award      INTEGER NOT NULL REFERENCES award, -- which {none}
    created_at INTEGER NOT NULL,                  -- when it was made {none}
    expires_at INTEGER NOT NULL,                  -- 30 days later {none}
    used_at    INTEGER                            -- when it was used {award self+staff claim}
) STRICT;
CREATE INDEX claim_award ON claim (award);
CREATE INDEX claim_expires ON claim (expires_at);
