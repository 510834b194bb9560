/* SPDX-License-Identifier: Apache-2.0
 *
 * The expansion cases of the JSON-LD 1.1 API test suite.
 */
#include "jsonld_suite.h"

#include "base/base.h"

static bool expand(cn_arena *a, const suite_case *c, bool *same, cn_buf *got, cn_err *err) {
    const cn_json *out;
    if (!cn_jsonld_expand(a, c->input, &c->options, &out, err)) return false;
    *same = suite_expects(a, c, out, got);
    return true;
}

int main(int argc, char **argv) {
    return suite_main("expand", argc > 1 ? argv[1] : NULL, expand);
}
