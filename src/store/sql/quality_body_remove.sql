-- SPDX-License-Identifier: Apache-2.0
DELETE FROM quality_body WHERE organisation = $1
