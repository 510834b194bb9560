-- SPDX-License-Identifier: Apache-2.0
DELETE FROM challenge WHERE expires_at <= $1
