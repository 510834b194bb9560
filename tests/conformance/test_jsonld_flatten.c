/* SPDX-License-Identifier: Apache-2.0
 *
 * The flattening cases of the JSON-LD 1.1 API test suite. Blank nodes get the labels that the suite has.
 */
#include "jsonld_suite.h"

#include "base/base.h"

static bool flatten(cn_arena *a, const suite_case *c, bool *same, cn_buf *got, cn_err *err) {
    const cn_json *out;
    if (!cn_jsonld_flatten(a, c->input, c->context, &c->options, &out, err)) return false;
    *same = suite_expects(a, c, out, got);
    return true;
}

int main(int argc, char **argv) {
    return suite_main("flatten", argc > 1 ? argv[1] : NULL, flatten);
}
