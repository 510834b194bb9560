-- SPDX-License-Identifier: Apache-2.0
UPDATE award SET holder = $2 WHERE holder = $1
