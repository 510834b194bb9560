-- SPDX-License-Identifier: Apache-2.0
-- What the step says that a row of the audit tells of, with the dates of the approval that it gave.
SELECT r.state, r.version, r.digest, r.document, coalesce(r.body, 0), r.reason, r.at, coalesce(p.from_at, 0),
    coalesce(p.until_at, 0)
FROM review r LEFT JOIN approval p ON p.step = r.number
WHERE r.number = (SELECT step FROM audit WHERE number = $1)
