/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing the RDF room: what is read comes back equal after writing, and its canonical
 * form depends neither on the labels nor on the order of its quads, and is its own canonical form.
 */
#include "rdf/rdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const cn_err *err) {
    assert(err->code == CN_INVALID || err->code == CN_LIMIT);
    assert(err->id && err->detail[0]);
    assert(err->code == CN_LIMIT || err->where[0]);
}

static cn_dataset read_back(cn_arena *a, cn_slice text) {
    cn_dataset d = {0};
    cn_err err;
    bool ok = cn_nquads_read(a, text, 0, &d, &err);
    assert(ok);
    return d;
}

static bool quad_eq(const cn_quad *x, const cn_quad *y) {
    return cn_term_eq(&x->s, &y->s) && cn_term_eq(&x->p, &y->p) && cn_term_eq(&x->o, &y->o) &&
           cn_term_eq(&x->g, &y->g);
}

static void check_writing(cn_arena *a, const cn_dataset *d) {
    cn_buf b = cn_buf_on(a, 0);
    cn_nquads_write(&b, d);
    assert(cn_buf_ok(&b));
    cn_dataset again = read_back(a, cn_buf_slice(&b));
    assert(again.n == d->n);
    for (size_t i = 0; i < d->n; i++) assert(quad_eq(&d->v[i], &again.v[i]));
}

static void reverse(cn_dataset *d) {
    for (size_t i = 0; i < d->n / 2; i++) {
        cn_quad quad = d->v[i];
        d->v[i] = d->v[d->n - 1 - i];
        d->v[d->n - 1 - i] = quad;
    }
}

/* The work may differ with the order, so only the first time may be refused for it. */
static void check_canonical(const cn_crypto *c, cn_arena *a, cn_dataset *d) {
    cn_rdfc first, turned, again;
    cn_err err;
    if (!cn_rdfc_canonize(c, a, d, &(cn_rdfc_options){.max_work = 2000}, &first, &err)) {
        assert(err.code == CN_LIMIT);
        return;
    }
    cn_dataset canonical = read_back(a, first.nquads);
    reverse(d);
    bool ok = cn_rdfc_canonize(c, a, d, &(cn_rdfc_options){.max_work = 1000000}, &turned, &err);
    assert(ok && cn_slice_eq(first.nquads, turned.nquads));
    ok = cn_rdfc_canonize(c, a, &canonical, &(cn_rdfc_options){.max_work = 1000000}, &again, &err);
    assert(ok && cn_slice_eq(first.nquads, again.nquads));
}

static void try_small_arena(const cn_crypto *c, cn_slice text) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(2048);
    cn_dataset d;
    cn_rdfc r;
    cn_err err;
    if (!cn_nquads_read(a, text, 0, &d, &err)) {
        check_refusal(&err);
        return;
    }
    if (!cn_rdfc_canonize(c, a, &d, &(cn_rdfc_options){.max_work = 100}, &r, &err)) check_refusal(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static cn_crypto *c; /* made once for all inputs */
    cn_slice text = cn_slice_bytes(data, size);
    cn_dataset d;
    cn_err err;
    bool ok = c || cn_crypto_new(&c, &err);
    assert(ok);
    try_small_arena(c, text);
    if (!cn_nquads_read(a, text, 0, &d, &err)) return check_refusal(&err), 0;
    check_writing(a, &d);
    check_canonical(c, a, &d);
    return 0;
}
