-- SPDX-License-Identifier: Apache-2.0
SELECT * FROM organisation WHERE number = $1
