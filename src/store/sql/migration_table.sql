-- SPDX-License-Identifier: Apache-2.0
-- Which migrations this database has had. {none}
CREATE TABLE IF NOT EXISTS migration (
    number     INTEGER NOT NULL PRIMARY KEY, -- the number its file begins with
    name       TEXT    NOT NULL,             -- the rest of the file's name, for people who look
    applied_at BIGINT  NOT NULL              -- when, in seconds since 1970 UTC
)
