-- SPDX-License-Identifier: Apache-2.0
SELECT image FROM achievement WHERE organisation = $1 AND id = $2
