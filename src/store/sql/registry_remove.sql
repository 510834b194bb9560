-- SPDX-License-Identifier: Apache-2.0
DELETE FROM registry_list WHERE number = $1
