-- SPDX-License-Identifier: Apache-2.0
-- What frameworks ask about who issues a micro-credential.
ALTER TABLE organisation ADD COLUMN profile TEXT NOT NULL DEFAULT '{}'; -- JSON: country, kind and sector of the organisation, its quality assurance {none}
