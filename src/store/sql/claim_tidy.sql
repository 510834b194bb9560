-- SPDX-License-Identifier: Apache-2.0
DELETE FROM claim WHERE expires_at < $1 AND (used_at IS NULL OR used_at < $1)
