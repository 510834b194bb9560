-- SPDX-License-Identifier: Apache-2.0
-- The braces are explained in 0002-people.sql.

-- Competency frameworks that were imported from the files of their publishers. {none}
CREATE TABLE framework (
    number         INTEGER PRIMARY KEY AUTOINCREMENT, -- used inside only
    id             TEXT    NOT NULL UNIQUE,           -- its URI
    kind           TEXT    NOT NULL,                  -- "esco", "case", "ctdl-asn", "noc", "isced-f", "csv"
    title          TEXT    NOT NULL,                  -- in English
    title_fr       TEXT    NOT NULL,                  -- in French
    publisher      TEXT    NOT NULL,                  -- who publishes it
    version        TEXT    NOT NULL,                  -- as the publisher calls it
    licence        TEXT    NOT NULL,                  -- its address
    attribution    TEXT    NOT NULL,                  -- the sentence that the licence asks for, in English
    attribution_fr TEXT    NOT NULL,                  -- the same in French
    changed_at     INTEGER NOT NULL,                  -- when an import last changed anything of it
    items          INTEGER NOT NULL DEFAULT 0,        -- how many it has, as the last import counted them
    withdrawn      INTEGER NOT NULL DEFAULT 0,        -- how many it had once, beside those
    english        INTEGER NOT NULL DEFAULT 0,        -- how many of the items have an English label
    french         INTEGER NOT NULL DEFAULT 0         -- how many have a French one
) STRICT;

-- Items of frameworks: skills, occupations, fields. They are withdrawn, never deleted. {none}
CREATE TABLE item (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,      -- used in addresses of this server
    framework       INTEGER NOT NULL REFERENCES framework,  -- of which
    uri             TEXT    NOT NULL,                       -- as the publisher names it for ever
    label           TEXT    NOT NULL,                       -- in English; empty: none is known
    alternatives    TEXT    NOT NULL,                       -- other labels in English, one a line
    description     TEXT    NOT NULL,                       -- in English
    label_fr        TEXT    NOT NULL,                       -- in French; empty: none is known
    alternatives_fr TEXT    NOT NULL,                       -- other labels in French, one a line
    description_fr  TEXT    NOT NULL,                       -- in French
    code            TEXT    NOT NULL,                       -- of the publisher
    type            TEXT    NOT NULL,                       -- "skill", "occupation", or the publisher's own word
    level           TEXT    NOT NULL,                       -- the publisher's word for how wide or how high it is
    list            INTEGER NOT NULL,                       -- which of the publisher's lists has it, as a bit
    quality         INTEGER NOT NULL,                       -- its place among what is found: the least comes first
    withdrawn_at    INTEGER,                                -- since when its list has it no more
    UNIQUE (uri, framework)
) STRICT;

-- Words of items that are not withdrawn. A row's number is the item's, with its quality above bit 40: what is found is
-- found in order of quality, and no more of it need be looked at than is shown.
CREATE VIRTUAL TABLE item_words USING fts5 (
    label, label_fr, alternatives, alternatives_fr, code, framework,
    columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');

-- How items stand to each other. {none}
CREATE TABLE relation (
    source    INTEGER NOT NULL REFERENCES item,      -- the first item
    how       INTEGER NOT NULL,                      -- how it stands to the second: cn_item_how of frameworks.h
    target    INTEGER NOT NULL REFERENCES item,      -- the second item
    framework INTEGER NOT NULL REFERENCES framework, -- whose statement it is
    list      INTEGER NOT NULL,                      -- which of the publisher's lists has it, as a bit
    PRIMARY KEY (source, how, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_target ON relation (target, how);
