-- SPDX-License-Identifier: Apache-2.0
-- With what bodies noted of the steps that they took with its achievements: the chain there has to tell of each step.
SELECT * FROM audit WHERE organisation = $1 OR step IN (SELECT r.number FROM review r
    JOIN achievement a ON a.number = r.achievement WHERE a.organisation = $1)
ORDER BY number
