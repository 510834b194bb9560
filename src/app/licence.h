/* SPDX-License-Identifier: Apache-2.0
 *
 * What a licence, known by its address, lets others do with what is under it.
 */
#ifndef CN_APP_LICENCE_H
#define CN_APP_LICENCE_H

#include "base/base.h"

typedef struct cn_licence {
    cn_slice name;      /* "CC BY-SA 4.0"; empty: one that nobody here knows, or none at all */
    bool closed;        /* nothing may be made of it */
    bool alike;         /* what is made of it comes under the same licence */
    bool noncommercial; /* for no commercial ends */
} cn_licence;

/* The address may begin with http: or https:, with www. or without, and end in any language. The name is on the
 * arena; empty at its maximum. */
cn_licence cn_licence_of(cn_arena *a, cn_slice address);

#endif
