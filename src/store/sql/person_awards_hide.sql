-- SPDX-License-Identifier: Apache-2.0
-- What the person held: nobody sees its page any more, nobody is named as its holder, and its evidence is gone.
UPDATE award SET holder = NULL, claimed_at = NULL, page_on = 0, evidence = '' WHERE holder = $1
