-- SPDX-License-Identifier: Apache-2.0
-- The audit as a chain (docs/decisions/0016): each row has a link, which holds a hash of the row and of the link before.

-- A link stands without its row where somebody has removed that.
CREATE TABLE audit_link (
    number       INTEGER PRIMARY KEY, -- of the row of the audit {none}
    organisation INTEGER NOT NULL,    -- for which that was done, also when it is gone; 0: none {none}
    actor        TEXT    NOT NULL,    -- id of the person who did it; empty: nobody, or one whose account is gone {audit nobody account}
    salt         BLOB    NOT NULL,    -- 16 random bytes that hide the actor in `who`; empty likewise {audit nobody account}
    who          BLOB    NOT NULL,    -- SHA-256 of salt and actor, which tells nothing without the salt; empty: nobody {none}
    hash         BLOB    NOT NULL     -- SHA-256 of the row and of the hash before {none}
) STRICT;
CREATE INDEX audit_person ON audit (person);
CREATE INDEX audit_account ON audit (action) WHERE action IN ('account.deleted', 'account.merged', 'audit.pruned');

-- Who did it may be taken out, or become another account of the same person; an organisation may go.
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
WHEN NEW.number <> OLD.number OR NEW.at <> OLD.at OR NEW.action <> OLD.action OR NEW.subject <> OLD.subject
    OR (NEW.organisation IS NOT OLD.organisation AND NEW.organisation IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what stands in the audit never changes'); END;
CREATE TRIGGER audit_link_stays BEFORE UPDATE ON audit_link
WHEN NEW.number <> OLD.number OR NEW.organisation <> OLD.organisation OR NEW.who <> OLD.who OR NEW.hash <> OLD.hash
    OR NEW.actor <> '' OR length(NEW.salt) > 0
BEGIN SELECT RAISE(ABORT, 'a link of the audit never changes'); END;
-- Rows go when a later one says up to which, and with which hash.
CREATE TRIGGER audit_remains BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit WHERE action = 'audit.pruned' AND CAST(subject AS INTEGER) >= OLD.number)
BEGIN SELECT RAISE(ABORT, 'what stands in the audit is deleted by retention alone'); END;
CREATE TRIGGER audit_link_remains BEFORE DELETE ON audit_link
WHEN NOT EXISTS (SELECT 1 FROM audit WHERE action = 'audit.pruned' AND CAST(subject AS INTEGER) >= OLD.number)
BEGIN SELECT RAISE(ABORT, 'a link of the audit is deleted by retention alone'); END;
