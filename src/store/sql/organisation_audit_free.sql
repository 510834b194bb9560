-- SPDX-License-Identifier: Apache-2.0
UPDATE audit SET organisation = NULL WHERE organisation = $1
