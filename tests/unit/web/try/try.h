/* SPDX-License-Identifier: Apache-2.0
 *
 * What the template of the unit test prints.
 */
#ifndef CN_TESTS_TRY_H
#define CN_TESTS_TRY_H

#include "web/html.h"

typedef struct cn_try_item {
    cn_slice name;
    cn_url link;
} cn_try_item;

typedef struct cn_try {
    cn_slice name;
    cn_html markup;
    int number;
    size_t n;
    const cn_try_item *v;
    cn_msg message;
} cn_try;

#endif
