-- SPDX-License-Identifier: Apache-2.0
-- Where no passkey is left, none proves anything: what stays is as one that came by mail.
UPDATE session SET way = 'mail'
WHERE person = $1 AND way = 'passkey' AND NOT EXISTS (SELECT 1 FROM passkey WHERE person = $1)
