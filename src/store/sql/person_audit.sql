-- SPDX-License-Identifier: Apache-2.0
SELECT coalesce(organisation, 0), person, action, subject, at FROM audit WHERE person = $1 ORDER BY number
