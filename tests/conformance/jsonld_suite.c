/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON-LD 1.1 API test suite, manifest-driven; see jsonld_suite.h.
 */
#include "jsonld_suite.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

static const cn_slice site = CN_S_INIT("https://w3c.github.io/json-ld-api/tests/");

static cn_slice suite_path(cn_arena *a, cn_slice below) {
    return corpus_path(a, "jsonld/%.*s", CN_ARG(below));
}

/* Documents of the suite's site come from its folder; nobody has any other. */
static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)self;
    cn_document d = {.media_type = CN_S("application/ld+json"), .final_url = url};
    if (!cn_slice_starts(url, site) || !corpus_read(a, suite_path(a, cn_slice_from(url, site.n)), &d.body))
        return cn_fail(err, CN_NOT_FOUND, "document.not-found", "There is no %.*s.", CN_ARG(url));
    *out = d;
    return true;
}

static const cn_loader loader = {.load = load};

static cn_rdf_direction direction_of(cn_slice name) {
    if (cn_slice_eq(name, CN_S("i18n-datatype"))) return CN_DIRECTION_I18N;
    if (cn_slice_eq(name, CN_S("compound-literal"))) return CN_DIRECTION_COMPOUND;
    return CN_DIRECTION_NONE;
}

static cn_slice joined(cn_arena *a, cn_slice head, cn_slice tail) {
    cn_slice s;
    if (!cn_arena_print(a, &s, "%.*s%.*s", CN_ARG(head), CN_ARG(tail))) abort();
    return s;
}

static cn_jsonld_options options_of(cn_arena *a, const cn_json *test) {
    const cn_json *option = cn_json_get(test, CN_S("option"));
    cn_slice base = cn_json_get_text(option, CN_S("base"));
    cn_slice context = cn_json_get_text(option, CN_S("expandContext"));
    return (cn_jsonld_options){
        .loader = &loader,
        .base = base.n ? base : joined(a, site, cn_json_get_text(test, CN_S("input"))),
        .expand_context = context.n ? corpus_json(a, suite_path(a, context)) : NULL,
        .ordered = cn_json_is(cn_json_get(option, CN_S("ordered")), CN_JSON_TRUE),
        .mode_1_0 = cn_json_is_string(cn_json_get(option, CN_S("processingMode")), CN_S("json-ld-1.0")),
        .direction = direction_of(cn_json_get_text(option, CN_S("rdfDirection"))),
        .generalized = cn_json_is(cn_json_get(option, CN_S("produceGeneralizedRdf")), CN_JSON_TRUE),
        .native_types = cn_json_is(cn_json_get(option, CN_S("useNativeTypes")), CN_JSON_TRUE),
        .rdf_type = cn_json_is(cn_json_get(option, CN_S("useRdfType")), CN_JSON_TRUE),
        .keep_arrays = cn_json_is(cn_json_get(option, CN_S("compactArrays")), CN_JSON_FALSE),
        .keep_absolute = cn_json_is(cn_json_get(option, CN_S("compactToRelative")), CN_JSON_FALSE),
    };
}

/* The next letter or digit at or after *i, in lower case; 0 at the end. */
static int next_letter(cn_slice s, size_t *i) {
    while (*i < s.n && !isalnum((unsigned char)s.p[*i])) ++*i;
    return *i < s.n ? tolower((unsigned char)s.p[(*i)++]) : 0;
}

/* "invalid @id value" is "jsonld.invalid-id-value". Our ids tell a context no one has from one that could not
 * be read; the specification has one code for both. */
static bool is_code(const cn_err *err, cn_slice code) {
    cn_slice id = cn_slice_of(err->id);
    if (!cn_slice_starts(id, CN_S("jsonld."))) return false;
    if (cn_slice_eq(id, CN_S("jsonld.context-unknown"))) id = CN_S("jsonld.loading-remote-context-failed");
    size_t i = CN_S("jsonld.").n, j = 0;
    for (;;) {
        int x = next_letter(id, &i), y = next_letter(code, &j);
        if (x != y) return false;
        if (x == 0) return true;
    }
}

static bool has_type(const cn_json *test, cn_slice type) {
    const cn_json *types = cn_json_get(test, CN_S("@type"));
    for (size_t i = 0; i < cn_json_many(types); i++)
        if (cn_json_is_string(cn_json_one(types, i), type)) return true;
    return false;
}

/* ---- Comparing ---- */

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

bool suite_same(const cn_json *x, const cn_json *y) {
    return same_value(x, y, CN_S(""));
}

bool suite_expects(cn_arena *a, const suite_case *c, const cn_json *result, cn_buf *got) {
    cn_json_write_pretty(got, result);
    if (c->expect.n == 0) return true;
    const cn_json *expected = corpus_json(a, c->expect);
    if (suite_same(result, expected)) return true;
    cn_buf_add(got, CN_S("\nexpected:\n"));
    cn_json_write_pretty(got, expected);
    return false;
}

/* ---- Running ---- */

static bool run_case(cn_arena *a, const cn_json *test, suite_run run, cn_buf *problem) {
    bool negative = has_type(test, CN_S("jld:NegativeEvaluationTest"));
    cn_slice code = cn_json_get_text(test, CN_S("expectErrorCode"));
    cn_slice context = cn_json_get_text(test, CN_S("context"));
    suite_case c = {.path = suite_path(a, cn_json_get_text(test, CN_S("input"))),
                    .context = context.n ? corpus_json(a, suite_path(a, context)) : NULL,
                    .options = options_of(a, test)};
    if (!cn_slice_ends(c.path, CN_S(".nq"))) c.input = corpus_json(a, c.path);
    if (has_type(test, CN_S("jld:PositiveEvaluationTest")))
        c.expect = suite_path(a, cn_json_get_text(test, CN_S("expect")));
    bool same = false;
    cn_err err = {0};
    if (!run(a, &c, &same, problem, &err)) {
        cn_buf_print(problem, "%s %s: %s", err.id, err.where, err.detail);
        return negative && is_code(&err, code);
    }
    if (negative) cn_buf_print(problem, "\nexpected the error %.*s", CN_ARG(code));
    return !negative && (same || c.expect.n == 0);
}

int suite_main(const char *manifest, const char *filter, suite_run run) {
    if (!corpus_present("jsonld")) return 0;
    CN_ARENA_AUTO cn_arena *whole = cn_arena_new(0);
    char suite[64];
    snprintf(suite, sizeof suite, "jsonld-%s", manifest);
    const cn_json *list = cn_json_get(
        corpus_json(whole, corpus_path(whole, "jsonld/%s-manifest.jsonld", manifest)), CN_S("sequence"));
    for (size_t i = 0; i < cn_json_count(list); i++) {
        const cn_json *test = cn_json_item(list, i);
        const cn_json *version = cn_json_point(test, CN_S("/option/specVersion"));
        if (cn_json_is_string(version, CN_S("json-ld-1.0"))) continue;
        cn_slice id = cn_slice_from(cn_json_get_text(test, CN_S("@id")), 1);
        if (filter && cn_slice_find(id, cn_slice_of(filter)) == SIZE_MAX) continue;
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_buf problem = cn_buf_on(a, 0);
        bool passed = run_case(a, test, run, &problem);
        corpus_case(passed, suite, id, cn_buf_slice(&problem));
        if (passed && filter) printf("# %.*s\n", CN_ARG(cn_buf_slice(&problem)));
    }
    return corpus_end();
}
