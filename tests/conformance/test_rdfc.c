/* SPDX-License-Identifier: Apache-2.0
 *
 * The RDFC-1.0 test suite: canonical forms, issued identifiers maps, and graphs that must be
 * refused, all with the default work limit. A case's hash is what its manifest says.
 */
#include "corpus.h"
#include "rdf/rdf.h"

static size_t most_work; /* of the cases that were canonised */

/* The map as JSON: the same pairs, in any order. */
static bool same_map(const cn_rdfc *r, const cn_json *wanted) {
    if (cn_json_count(wanted) != r->map_n) return false;
    for (size_t i = 0; i < r->map_n; i++)
        if (!cn_json_is_string(cn_json_get(wanted, r->map[i].from), r->map[i].to)) return false;
    return true;
}

static const char *check_result(cn_arena *a, const cn_json *test, const cn_rdfc *r) {
    cn_slice path = corpus_path(a, "rdfc10/%.*s", CN_ARG(cn_json_text(cn_json_get(test, CN_S("result"))))), wanted;
    if (cn_json_is_string(cn_json_get(test, CN_S("type")), CN_S("rdfc:RDFC10MapTest")))
        return same_map(r, corpus_json(a, path)) ? NULL : "the map differs";
    if (!corpus_read(a, path, &wanted)) return "the result cannot be read";
    return cn_slice_eq(r->nquads, wanted) ? NULL : "the bytes differ";
}

static const char *check_case(const cn_crypto *c, cn_arena *a, const cn_json *test, cn_err *err) {
    cn_slice action = cn_json_text(cn_json_get(test, CN_S("action"))), text;
    bool negative = cn_json_is_string(cn_json_get(test, CN_S("type")), CN_S("rdfc:RDFC10NegativeEvalTest"));
    bool long_hash = cn_json_is_string(cn_json_get(test, CN_S("hashAlgorithm")), CN_S("SHA384"));
    cn_dataset d;
    cn_rdfc r;
    if (!corpus_read(a, corpus_path(a, "rdfc10/%.*s", CN_ARG(action)), &text)) return "the input cannot be read";
    if (!cn_nquads_read(a, text, 0, &d, err)) return err->detail;
    cn_rdfc_options options = {.hash = long_hash ? CN_SHA384 : CN_SHA256};
    bool done = cn_rdfc_canonize(c, a, &d, &options, &r, err);
    if (negative) return !done && err->code == CN_LIMIT ? NULL : "it was not refused";
    if (!done) return err->detail;
    if (r.work > most_work) most_work = r.work;
    return check_result(a, test, &r);
}

int main(void) {
    if (!corpus_present("rdfc10")) return 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *c CN_CRYPTO_AUTO = NULL;
    cn_err err = {0};
    if (!cn_crypto_new(&c, &err)) return 1;
    const cn_json *tests = cn_json_get(corpus_json(a, corpus_path(a, "rdfc10/manifest.jsonld")), CN_S("entries"));
    for (size_t i = 0; i < cn_json_count(tests); i++) {
        cn_arena *own CN_ARENA_AUTO = cn_arena_new(0);
        const cn_json *test = cn_json_item(tests, i);
        const char *problem = check_case(c, own, test, &err);
        corpus_case(!problem, "rdfc", cn_json_text(cn_json_get(test, CN_S("id"))), cn_slice_of(problem));
    }
    printf("# most work in one case: %zu\n", most_work);
    return corpus_end();
}
