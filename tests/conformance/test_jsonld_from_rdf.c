/* SPDX-License-Identifier: Apache-2.0
 *
 * The fromRdf cases of the JSON-LD 1.1 API test suite.
 */
#include "jsonld_suite.h"

#include "base/base.h"

static bool from_rdf(cn_arena *a, const suite_case *c, bool *same, cn_buf *got, cn_err *err) {
    cn_slice text;
    cn_dataset quads;
    const cn_json *out;
    if (!corpus_read(a, c->path, &text)) return cn_fail(err, CN_NOT_FOUND, "test.file", "The input is absent.");
    if (!cn_nquads_read(a, text, 0, &quads, err) || !cn_jsonld_from_rdf(a, &quads, &c->options, &out, err))
        return false;
    *same = suite_expects(a, c, out, got);
    return true;
}

int main(int argc, char **argv) {
    return suite_main("fromRdf", argc > 1 ? argv[1] : NULL, from_rdf);
}
