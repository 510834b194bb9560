/* SPDX-License-Identifier: Apache-2.0
 *
 * The expansion cases of the JSON-LD 1.1 API test suite. Results are compared as
 * its README says under "JSON-LD Object comparison": arrays are sets, except
 * the values of @list; language tags are equal in any case.
 */
#include "jsonld_suite.h"

#include <stdlib.h>

#include "base/base.h"

static bool same_value(const cn_json *x, const cn_json *y, cn_slice key);

static bool same_list(const cn_json *x, const cn_json *y) {
    for (size_t i = 0; i < cn_json_count(x); i++)
        if (!same_value(cn_json_item(x, i), cn_json_item(y, i), CN_S(""))) return false;
    return true;
}

/* Every item of x has a partner of its own in y; equality is transitive, so the first that fits will do. */
static bool same_set(const cn_json *x, const cn_json *y) {
    size_t n = cn_json_count(x);
    bool *taken = calloc(n + 1, sizeof *taken), good = true;
    assert(taken);
    for (size_t i = 0; i < n && good; i++) {
        size_t j = 0;
        while (j < n && (taken[j] || !same_value(cn_json_item(x, i), cn_json_item(y, j), CN_S("")))) j++;
        good = j < n;
        if (good) taken[j] = true;
    }
    free(taken);
    return good;
}

static bool same_object(const cn_json *x, const cn_json *y) {
    /* The value of a JSON literal is data, not JSON-LD. */
    bool literal = cn_json_is_string(cn_json_get(x, CN_S("@type")), CN_S("@json"));
    for (size_t i = 0; i < x->object.n; i++) {
        cn_slice key = x->object.v[i].key;
        const cn_json *mine = x->object.v[i].value, *other = cn_json_get(y, key);
        if (!other) return false;
        if (literal && cn_slice_eq(key, CN_S("@value")) ? !cn_json_equal(mine, other)
                                                        : !same_value(mine, other, key))
            return false;
    }
    return true;
}

static bool same_value(const cn_json *x, const cn_json *y, cn_slice key) {
    if (x->type != y->type || cn_json_count(x) != cn_json_count(y)) return false;
    if (x->type == CN_JSON_OBJECT) return same_object(x, y);
    if (x->type == CN_JSON_ARRAY) return cn_slice_eq(key, CN_S("@list")) ? same_list(x, y) : same_set(x, y);
    if (x->type == CN_JSON_STRING && cn_slice_eq(key, CN_S("@language")))
        return cn_slice_eq_nocase(cn_json_text(x), cn_json_text(y));
    return cn_json_equal(x, y);
}

static bool expand(cn_arena *a, const suite_case *c, bool *same, cn_buf *got, cn_err *err) {
    const cn_json *out;
    if (!cn_jsonld_expand(a, c->input, &c->options, &out, err)) return false;
    cn_json_write_pretty(got, out);
    if (c->expect.n) *same = same_value(out, corpus_json(a, c->expect), CN_S(""));
    return true;
}

int main(int argc, char **argv) {
    return suite_main("expand", argc > 1 ? argv[1] : NULL, expand);
}
