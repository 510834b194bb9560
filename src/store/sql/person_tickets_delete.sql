-- SPDX-License-Identifier: Apache-2.0
-- Asked for by the person, or sent to one of the addresses.
DELETE FROM ticket WHERE person = $1 OR email IN (SELECT email FROM address WHERE person = $1)
