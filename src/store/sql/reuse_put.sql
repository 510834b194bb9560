-- SPDX-License-Identifier: Apache-2.0
INSERT INTO reuse (achievement, source, version, part, taken_at)
SELECT number, $2, $3, $4, $5 FROM achievement WHERE id = $1
