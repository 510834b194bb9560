-- SPDX-License-Identifier: Apache-2.0
-- Where both were members, the roles of both.
INSERT INTO member (organisation, person, roles, since_at)
SELECT organisation, $2, roles, since_at FROM member WHERE person = $1
ON CONFLICT (organisation, person) DO UPDATE SET roles = member.roles | excluded.roles
