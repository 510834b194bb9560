-- SPDX-License-Identifier: Apache-2.0
INSERT INTO audit_link (number, organisation, actor, salt, who, hash) VALUES ($1, $2, $3, $4, $5, $6)
