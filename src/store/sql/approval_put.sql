-- SPDX-License-Identifier: Apache-2.0
INSERT INTO approval (achievement, digest, version, body, body_en, body_fr, from_at, until_at, made_at, step)
SELECT $1, $2, $3, o.number, o.name_en, o.name_fr, $5, $6, $7, $8 FROM organisation o WHERE o.number = $4
