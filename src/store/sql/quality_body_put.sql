-- SPDX-License-Identifier: Apache-2.0
INSERT INTO quality_body (organisation, since_at) VALUES ($1, $2)
ON CONFLICT (organisation) DO UPDATE SET since_at = since_at
