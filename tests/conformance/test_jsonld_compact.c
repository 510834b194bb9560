/* SPDX-License-Identifier: Apache-2.0
 *
 * The compaction cases of the JSON-LD 1.1 API test suite. The comparison takes arrays for sets, and does not know
 * which are lists; so the result and what is expected must also expand to the same.
 */
#include "jsonld_suite.h"

#include "base/base.h"

static bool same_meaning(cn_arena *a, const suite_case *c, const cn_json *out, cn_err *err) {
    const cn_json *x, *y;
    return cn_jsonld_expand(a, out, &c->options, &x, err) &&
           cn_jsonld_expand(a, corpus_json(a, c->expect), &c->options, &y, err) && suite_same(x, y);
}

static bool compact(cn_arena *a, const suite_case *c, bool *same, cn_buf *got, cn_err *err) {
    const cn_json *out;
    cn_err ignored = {0};
    if (!cn_jsonld_compact(a, c->input, c->context, &c->options, &out, err)) return false;
    *same = suite_expects(a, c, out, got) && (c->expect.n == 0 || same_meaning(a, c, out, &ignored));
    if (ignored.code) cn_buf_print(got, "\nexpanded again: %s: %s", ignored.id, ignored.detail);
    return true;
}

int main(int argc, char **argv) {
    return suite_main("compact", argc > 1 ? argv[1] : NULL, compact);
}
