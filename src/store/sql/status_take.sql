-- SPDX-License-Identifier: Apache-2.0
UPDATE status_list SET taken = taken + $2 WHERE number = $1
