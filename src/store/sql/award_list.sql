-- SPDX-License-Identifier: Apache-2.0
SELECT status_list FROM award WHERE organisation = $1 AND id = $2
