-- SPDX-License-Identifier: Apache-2.0
UPDATE upload_row SET kind = $3, marks = $4 WHERE upload = $1 AND line = $2
