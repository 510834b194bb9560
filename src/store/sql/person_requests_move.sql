-- SPDX-License-Identifier: Apache-2.0
UPDATE endorsement_request SET asked_by = $2 WHERE asked_by = $1
