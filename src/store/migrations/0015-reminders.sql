-- SPDX-License-Identifier: Apache-2.0
-- Who is written to once, and of what; and scopes of kinds of credentials. The braces are explained in 0002-people.sql.
ALTER TABLE approval ADD COLUMN reminded INTEGER;              -- the last reminder of its end: so many days before; 0: that it has ended; none: there was none {none}
ALTER TABLE scope ADD COLUMN reminded INTEGER;                 -- the same {none}
ALTER TABLE scope ADD COLUMN kinds TEXT NOT NULL DEFAULT '';   -- ids of kinds of credentials, parted by spaces; empty: every kind {none}
ALTER TABLE endorsement_request ADD COLUMN asked_by INTEGER REFERENCES person ON DELETE SET NULL; -- who asked, and hears of the answer; none: the operator, or an account that is gone {contact nobody account}
CREATE INDEX approval_ending ON approval (until_at) WHERE withdrawn_at IS NULL AND coalesce(reminded, 1) > 0;
