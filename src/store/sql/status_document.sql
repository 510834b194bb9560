-- SPDX-License-Identifier: Apache-2.0
UPDATE status_list SET document = $2, updated_at = $3 WHERE number = $1
