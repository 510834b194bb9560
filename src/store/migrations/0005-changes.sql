-- SPDX-License-Identifier: Apache-2.0
-- A confirmation is of what was shown: whatever is changed in a row in between counts.
ALTER TABLE upload ADD COLUMN changes INTEGER NOT NULL DEFAULT 0; -- how often a row was mended, dropped or taken back {none}
