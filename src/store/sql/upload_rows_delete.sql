-- SPDX-License-Identifier: Apache-2.0
DELETE FROM upload_row WHERE upload = $1
