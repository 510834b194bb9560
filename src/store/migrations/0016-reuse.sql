-- SPDX-License-Identifier: Apache-2.0
-- The braces are explained in 0002-people.sql.

-- Which achievement was made from which: what its design says of it (src/app/source.h), for the source to know. {none}
CREATE TABLE reuse (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,       -- used inside only
    achievement INTEGER NOT NULL REFERENCES achievement, -- the one that was made, or into which something was taken
    source      TEXT    NOT NULL,                        -- the other's id; its organisation may have left this server
    version     INTEGER NOT NULL,                        -- which of its versions
    part        TEXT    NOT NULL,                        -- "whole", "outcomes", "competencies"
    taken_at    INTEGER NOT NULL                         -- when
) STRICT;
CREATE INDEX reuse_source ON reuse (source);
CREATE INDEX reuse_achievement ON reuse (achievement);
