-- SPDX-License-Identifier: Apache-2.0
-- Who did it is taken out; what was hashed of it stays.
UPDATE audit_link SET actor = '', salt = $2
WHERE actor <> '' AND number IN (SELECT number FROM audit WHERE person = $1)
