-- SPDX-License-Identifier: Apache-2.0
SELECT count(*) FROM claim WHERE award = $1 AND created_at > $2
