-- SPDX-License-Identifier: Apache-2.0
SELECT organisation FROM achievement WHERE id = $1
