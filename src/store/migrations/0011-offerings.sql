-- SPDX-License-Identifier: Apache-2.0
-- When and where a micro-credential is offered: this changes, while what was published stays. {none}
CREATE TABLE offering (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,       -- used inside only
    id          TEXT    NOT NULL UNIQUE,                 -- used in addresses: 128 random bits
    achievement INTEGER NOT NULL REFERENCES achievement, -- of what
    details     TEXT    NOT NULL,                        -- JSON: dates, place, language, price (src/app/offerings.c)
    closed_at   INTEGER,                                 -- since when nobody can register any more
    created_at  INTEGER NOT NULL,                        -- when it was made
    updated_at  INTEGER NOT NULL                         -- when it was last changed
) STRICT;
CREATE INDEX offering_achievement ON offering (achievement);
