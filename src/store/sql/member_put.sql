-- SPDX-License-Identifier: Apache-2.0
INSERT INTO member (organisation, person, roles, since_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation, person) DO UPDATE SET roles = excluded.roles
