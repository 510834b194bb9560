-- SPDX-License-Identifier: Apache-2.0
SELECT count(*) FROM audit WHERE number BETWEEN $1 AND $2
