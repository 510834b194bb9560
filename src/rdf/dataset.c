/* SPDX-License-Identifier: Apache-2.0
 *
 * Datasets: quads in a growing vector, and when two terms are the same (RDF 1.1
 * Concepts, section 3).
 */
#include "rdf/rdf.h"
#include "base/base.h"

bool cn_term_eq(const cn_term *x, const cn_term *y) {
    if (x->kind != y->kind) return false;
    if (x->kind == CN_TERM_DEFAULT) return true;
    if (!cn_slice_eq(x->value, y->value)) return false;
    if (x->kind != CN_TERM_LITERAL) return true;
    return cn_slice_eq(x->datatype, y->datatype) && cn_slice_eq(x->language, y->language);
}

bool cn_dataset_add(cn_arena *a, cn_dataset *d, cn_quad quad) {
    cn_quad *v = cn_arena_grow(a, d->v, d->n, &d->cap, d->n + 1, sizeof *v);
    if (!v) return false;
    d->v = v;
    d->v[d->n++] = quad;
    return true;
}
