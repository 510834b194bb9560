-- SPDX-License-Identifier: Apache-2.0
-- Lists of known issuers that the operator has imported: organisations, nothing about people. {none}
CREATE TABLE registry_list (
    number      INTEGER PRIMARY KEY AUTOINCREMENT, -- what the operator calls it by; never given twice
    name        TEXT    NOT NULL,                  -- as the list calls itself; shown beside an issuer's name
    signer      TEXT    NOT NULL,                  -- id of who signed it, proven when it was imported
    source      TEXT    NOT NULL,                  -- name of the file it came from, for the operator
    document    BLOB    NOT NULL,                  -- the signed file itself, verified again when it is used
    valid_until TEXT    NOT NULL,                  -- as the list writes it; empty: without end
    imported_at INTEGER NOT NULL,                  -- when, in seconds since 1970 UTC
    UNIQUE (name, signer)
) STRICT;
