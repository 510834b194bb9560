-- SPDX-License-Identifier: Apache-2.0
-- What is left a month after its making: what could not be delivered, and what a demonstration has kept.
DELETE FROM mail WHERE created_at < $1 - 30 * 86400
