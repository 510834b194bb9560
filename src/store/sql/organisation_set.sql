-- SPDX-License-Identifier: Apache-2.0
UPDATE organisation SET name_en = $2, name_fr = $3, url = $4 WHERE number = $1
