-- SPDX-License-Identifier: Apache-2.0
UPDATE upload_row SET state = $3, award = $4 WHERE upload = $1 AND line = $2
