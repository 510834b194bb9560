-- SPDX-License-Identifier: Apache-2.0
-- The braces are explained in 0002-people.sql.

-- The way of an achievement from a draft to what may be awarded: a row a step, never changed.
CREATE TABLE review (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,       -- in the order of what happened {none}
    achievement INTEGER NOT NULL REFERENCES achievement, -- of which {none}
    state       INTEGER NOT NULL,                        -- what it became: see store/reviews.h {none}
    version     INTEGER NOT NULL,                        -- the version it speaks of; 0: the draft {none}
    digest      TEXT    NOT NULL,                        -- of the draft it speaks of: SHA-256 in hexadecimal {none}
    document    TEXT    NOT NULL,                        -- of a submission: the draft, JSON; otherwise empty {none}
    body        INTEGER REFERENCES organisation,         -- who reviews; none: an organisation that is not here {none}
    person      INTEGER REFERENCES person ON DELETE SET NULL, -- who did it; none: the operator, or an account that is gone {audit self+staff audit}
    reason      TEXT    NOT NULL,                        -- why, in the person's words; may be empty {audit self+staff audit}
    at          INTEGER NOT NULL                         -- when {audit self+staff audit}
) STRICT;
CREATE INDEX review_achievement ON review (achievement, number);
CREATE INDEX review_body ON review (body);
CREATE TRIGGER review_remains BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'a step of a review is never deleted'); END;

-- What those who design and those who review say to each other about an achievement.
CREATE TABLE review_comment (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,       -- in the order of their making {none}
    achievement  INTEGER NOT NULL REFERENCES achievement, -- about which {none}
    organisation INTEGER REFERENCES organisation,         -- for which organisation it was said; none: one that is not here {none}
    person       INTEGER REFERENCES person ON DELETE SET NULL, -- who said it {audit self+staff audit}
    text         TEXT    NOT NULL,                        -- what was said {audit self+staff audit}
    at           INTEGER NOT NULL                         -- when {audit self+staff audit}
) STRICT;
CREATE INDEX review_comment_achievement ON review_comment (achievement, number);

-- Approvals: a version is awarded while one of them is in force.
CREATE TABLE approval (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,       -- in the order of their making {none}
    achievement  INTEGER NOT NULL REFERENCES achievement, -- of which {none}
    digest       TEXT    NOT NULL,                        -- of the draft that was approved; empty: it was published before there were reviews {none}
    version      INTEGER REFERENCES version,              -- the version it became; none: it is not published yet {none}
    body         INTEGER REFERENCES organisation,         -- who approved; none: an organisation that is not here {none}
    body_en      TEXT    NOT NULL,                        -- its name then, in English {none}
    body_fr      TEXT    NOT NULL,                        -- its name then, in French {none}
    from_at      INTEGER NOT NULL,                        -- in force from then on {none}
    until_at     INTEGER,                                 -- reviewed again by then, or in force no more; none: without end {none}
    made_at      INTEGER NOT NULL,                        -- when it was given {none}
    withdrawn_at INTEGER                                  -- since when it is in force no more {none}
) STRICT;
CREATE INDEX approval_achievement ON approval (achievement, number);
CREATE INDEX approval_version ON approval (version);
CREATE INDEX approval_until ON approval (body, until_at);

-- What was published before there were reviews counts as approved by its own organisation, without end.
INSERT INTO approval (achievement, digest, version, body, body_en, body_fr, from_at, made_at)
SELECT v.achievement, '', v.number, o.number, o.name_en, o.name_fr, v.published_at, v.published_at
FROM version v JOIN achievement a ON a.number = v.achievement JOIN organisation o ON o.number = a.organisation
ORDER BY v.number;
INSERT INTO review (achievement, state, version, digest, document, body, reason, at)
SELECT v.achievement, 5, v.version, '', '', a.organisation, '', v.published_at
FROM version v JOIN achievement a ON a.number = v.achievement ORDER BY v.number;
