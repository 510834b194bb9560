/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the store: what putting frameworks in and looking at them share.
 */
#ifndef CN_STORE_FRAMEWORKS_INSIDE_H
#define CN_STORE_FRAMEWORKS_INSIDE_H

#include "store/frameworks.h"
#include "store/inside.h"

/* The columns as framework_get.sql and item_get.sql name them. */
bool cn_framework_read(cn_arena *a, const cn_rows *rows, void *out, cn_err *err);
bool cn_item_read(cn_arena *a, const cn_rows *rows, void *out, cn_err *err);

/* The row of the index: what is found is found in this order. */
static inline int64_t cn_item_words_row(const cn_item *item) {
    return item->quality << 40 | item->number;
}
/* A text as the index has it: ligatures, which the tokenizer takes for letters of their own, are two letters. */
CN_MUST_USE bool cn_item_words(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err);

#endif
