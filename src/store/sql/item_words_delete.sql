-- SPDX-License-Identifier: Apache-2.0
DELETE FROM item_words WHERE rowid = $1
