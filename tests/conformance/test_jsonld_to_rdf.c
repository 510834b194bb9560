/* SPDX-License-Identifier: Apache-2.0
 *
 * The toRdf cases of the JSON-LD 1.1 API test suite. Results are compared by
 * isomorphism of datasets: both have the same canonical form (RDFC-1.0).
 */
#include "jsonld_suite.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/base.h"

static const cn_slice blank_predicate = CN_S_INIT("urn:x-blank-predicate:");

/* Generalized RDF has blank nodes as predicates, which N-Quads has not: where a line has one, it is written
 * as an IRI that unscramble() knows. */
static cn_slice scramble(cn_arena *a, cn_slice text) {
    cn_buf b = cn_buf_on(a, 0);
    cn_slice line, subject, rest;
    for (bool more = true; more;) {
        more = cn_slice_cut(text, '\n', &line, &text);
        cn_slice_cut(line, ' ', &subject, &rest);
        if (cn_slice_starts(rest, CN_S("_:"))) {
            cn_slice label;
            cn_slice_cut(cn_slice_from(rest, 2), ' ', &label, &rest);
            cn_buf_print(&b, "%.*s <%.*s%.*s> %.*s\n", CN_ARG(subject), CN_ARG(blank_predicate), CN_ARG(label),
                         CN_ARG(rest));
        } else {
            cn_buf_print(&b, "%.*s\n", CN_ARG(line));
        }
    }
    return cn_buf_slice(&b);
}

static void unscramble(cn_dataset *d) {
    for (size_t i = 0; i < d->n; i++) {
        cn_term *p = &d->v[i].p;
        if (!cn_slice_starts(p->value, blank_predicate)) continue;
        *p = (cn_term){.kind = CN_TERM_BLANK, .value = cn_slice_from(p->value, blank_predicate.n)};
    }
}

static cn_term iri(cn_slice value) {
    return (cn_term){.kind = CN_TERM_IRI, .value = value};
}

static void add(cn_arena *a, cn_dataset *d, cn_term s, cn_slice p, cn_term o, cn_term g) {
    if (!cn_dataset_add(a, d, (cn_quad){s, iri(p), o, g})) abort();
}

/* What canonicalization can take, isomorphic where the original is: a quad with a blank predicate becomes its
 * reification, and language tags, which are equal in any case, become small. */
static cn_dataset comparable(cn_arena *a, const cn_dataset *d) {
    cn_dataset out = {0};
    for (size_t i = 0; i < d->n; i++) {
        cn_quad q = d->v[i];
        cn_slice lower;
        if (!cn_arena_copy(a, q.o.language, &lower)) abort();
        for (size_t j = 0; j < lower.n; j++) ((char *)lower.p)[j] = (char)tolower((unsigned char)lower.p[j]);
        q.o.language = lower;
        if (q.p.kind == CN_TERM_BLANK) {
            cn_term statement = {.kind = CN_TERM_BLANK};
            if (!cn_arena_print(a, &statement.value, "x-statement-%zu", i)) abort();
            add(a, &out, statement, CN_S(CN_RDF "subject"), q.s, q.g);
            add(a, &out, statement, CN_S(CN_RDF "predicate"), q.p, q.g);
            add(a, &out, statement, CN_S(CN_RDF "object"), q.o, q.g);
        } else if (!cn_dataset_add(a, &out, q)) {
            abort();
        }
    }
    return out;
}

static bool canonical(cn_arena *a, const cn_dataset *d, cn_slice *out, cn_err *err) {
    static cn_crypto *crypto;
    if (!crypto && !cn_crypto_new(&crypto, err)) return false;
    cn_dataset c = comparable(a, d);
    cn_rdfc result;
    if (!cn_rdfc_canonize(crypto, a, &c, &(cn_rdfc_options){0}, &result, err)) return false;
    *out = result.nquads;
    return true;
}

static bool to_rdf(cn_arena *a, const suite_case *c, bool *same, cn_buf *got, cn_err *err) {
    cn_dataset mine, expected;
    if (!cn_jsonld_to_rdf(a, c->input, &c->options, &mine, err)) return false;
    cn_nquads_write(got, &mine);
    if (c->expect.n == 0) return true;
    cn_slice text, x, y;
    if (!corpus_read(a, c->expect, &text)) return cn_fail(err, CN_NOT_FOUND, "test.file", "The result is absent.");
    if (!cn_nquads_read(a, c->options.generalized ? scramble(a, text) : text, 0, &expected, err)) return false;
    unscramble(&expected);
    if (!canonical(a, &mine, &x, err) || !canonical(a, &expected, &y, err)) return false;
    *same = cn_slice_eq(x, y);
    if (!*same) cn_buf_print(got, "expected:\n%.*s", CN_ARG(text));
    return true;
}

int main(int argc, char **argv) {
    return suite_main("toRdf", argc > 1 ? argv[1] : NULL, to_rdf);
}
