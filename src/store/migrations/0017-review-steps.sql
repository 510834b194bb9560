-- SPDX-License-Identifier: Apache-2.0
-- The braces are explained in 0002-people.sql.

-- A row of the audit that tells of a step of a review names it: its link holds what the step says (docs/decisions/0016).
ALTER TABLE audit ADD COLUMN step INTEGER REFERENCES review; -- which; none: it tells of something else {none}
CREATE UNIQUE INDEX audit_step ON audit (step) WHERE step IS NOT NULL;
DROP TRIGGER audit_stays;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
WHEN NEW.number <> OLD.number OR NEW.at <> OLD.at OR NEW.action <> OLD.action OR NEW.subject <> OLD.subject
    OR NEW.step IS NOT OLD.step OR (NEW.organisation IS NOT OLD.organisation AND NEW.organisation IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what stands in the audit never changes'); END;

-- An approval names the step that gave it.
ALTER TABLE approval ADD COLUMN step INTEGER REFERENCES review; -- which; none: it was given before steps were named {none}
CREATE UNIQUE INDEX approval_step ON approval (step) WHERE step IS NOT NULL;

-- Who took a step may be forgotten, or become another account of the same person; nothing else changes.
CREATE TRIGGER review_stays BEFORE UPDATE ON review
WHEN NEW.number <> OLD.number OR NEW.achievement <> OLD.achievement OR NEW.state <> OLD.state OR NEW.version <> OLD.version
    OR NEW.digest <> OLD.digest OR NEW.document <> OLD.document OR NEW.body IS NOT OLD.body OR NEW.reason <> OLD.reason
    OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'a step of a review never changes'); END;
-- An approval becomes one of a version, and is withdrawn, once.
CREATE TRIGGER approval_stays BEFORE UPDATE ON approval
WHEN NEW.number <> OLD.number OR NEW.achievement <> OLD.achievement OR NEW.digest <> OLD.digest OR NEW.body IS NOT OLD.body
    OR NEW.body_en <> OLD.body_en OR NEW.body_fr <> OLD.body_fr OR NEW.from_at <> OLD.from_at
    OR NEW.until_at IS NOT OLD.until_at OR NEW.made_at <> OLD.made_at OR NEW.step IS NOT OLD.step
    OR (OLD.version IS NOT NULL AND NEW.version IS NOT OLD.version)
    OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NOT OLD.withdrawn_at)
BEGIN SELECT RAISE(ABORT, 'an approval never changes'); END;
CREATE TRIGGER approval_remains BEFORE DELETE ON approval
BEGIN SELECT RAISE(ABORT, 'an approval is never deleted'); END;

-- A comment belongs to a review by one body; another body does not read it.
ALTER TABLE review_comment ADD COLUMN body INTEGER REFERENCES organisation; -- by which; none: by nobody yet, or one that is not here {none}
UPDATE review_comment SET body = CASE
    WHEN organisation IS NOT (SELECT organisation FROM achievement WHERE number = achievement) THEN organisation
    ELSE (SELECT r.body FROM review r WHERE r.achievement = review_comment.achievement AND r.state = 1
        AND r.at <= review_comment.at ORDER BY r.number DESC LIMIT 1) END;
