-- SPDX-License-Identifier: Apache-2.0
SELECT status_list FROM endorsement WHERE organisation = $1 AND id = $2
