-- SPDX-License-Identifier: Apache-2.0
UPDATE award SET page_on = $3 WHERE id = $1 AND holder = $2
