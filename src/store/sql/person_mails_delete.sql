-- SPDX-License-Identifier: Apache-2.0
DELETE FROM mail WHERE recipient IN (SELECT email FROM address WHERE person = $1)
