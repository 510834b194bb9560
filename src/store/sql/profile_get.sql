-- SPDX-License-Identifier: Apache-2.0
SELECT profile FROM organisation WHERE number = $1
