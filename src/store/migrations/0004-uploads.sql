-- SPDX-License-Identifier: Apache-2.0
-- Large files: rows come in by and by, what a row is in the preview is kept, and work that fails waits its turn. An
-- upload whose rows are still coming in is in state 4 and is shown to nobody.
ALTER TABLE upload ADD COLUMN looked INTEGER NOT NULL DEFAULT 0;    -- rows up to this line are of the kind they say {none}
ALTER TABLE upload ADD COLUMN looked_at INTEGER NOT NULL DEFAULT 0; -- when that look began {none}
ALTER TABLE upload ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;  -- how often the work has failed in a row {none}
ALTER TABLE upload ADD COLUMN problem TEXT NOT NULL DEFAULT '';     -- id of the error it failed with {none}
ALTER TABLE upload ADD COLUMN retry_at INTEGER NOT NULL DEFAULT 0;  -- before that it is not tried again {none}
ALTER TABLE upload_row ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;  -- in the preview: 0 ready, 1 wrong, 2 awarded before, 3 dropped {none}
ALTER TABLE upload_row ADD COLUMN marks INTEGER NOT NULL DEFAULT 0; -- bits: 1 neither result nor decision, 2 a name like a formula {none}
ALTER TABLE upload_row ADD COLUMN fault TEXT NOT NULL DEFAULT '';   -- "cells", "quote": how the line was not as it should be {none}
ALTER TABLE upload_row ADD COLUMN raw TEXT NOT NULL DEFAULT '';     -- the line where it has a fault {award staff upload}
CREATE INDEX upload_row_kind ON upload_row (upload, kind);
CREATE INDEX upload_row_marks ON upload_row (upload, marks) WHERE marks > 0;
