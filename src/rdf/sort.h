/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `rdf`: sorting lines by their bytes.
 */
#ifndef CN_RDF_SORT_H
#define CN_RDF_SORT_H

#include "rdf/rdf.h"

typedef struct cn_rdf_line {
    const char *p; /* borrowed */
    size_t n;
    size_t shared; /* set by the sort: leading bytes in common with the line before */
    size_t tag;    /* the caller's: whose line it is */
} cn_rdf_line;

/* Stable. `scratch` has room for n lines too. The first line shares 0 bytes. */
void cn_rdf_sort(cn_rdf_line *v, cn_rdf_line *scratch, size_t n);
/* After the sort: whether a line is the same as the one before. */
bool cn_rdf_line_repeats(const cn_rdf_line *v, size_t i);

#endif
