-- SPDX-License-Identifier: Apache-2.0
DELETE FROM ticket WHERE organisation = $1
