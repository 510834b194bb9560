/* SPDX-License-Identifier: Apache-2.0
 *
 * src/jsonld/from_rdf*.c, rdf_to_object.c and flatten.c: edge cases beside the public suite. JSON is written with
 * ' for ", N-Quads with short names: <v:x> stands for itself, rdf: for its namespace.
 */
#include "jsonld_try.h"

#include "base/base.h"

#define FIRST "<" CN_RDF "first>"
#define REST "<" CN_RDF "rest>"
#define NIL "<" CN_RDF "nil>"
#define CELL(name, item, rest) name " " FIRST " " item " .\n" name " " REST " " rest " .\n"

typedef struct rdf_case {
    const char *quads;
    const char *expect; /* NULL: an error is expected */
    const char *id;
} rdf_case;

static const cn_json *quoted(cn_arena *a, const char *text) {
    cn_slice copy;
    const cn_json *v;
    cn_err err;
    assert_true(cn_arena_copy(a, cn_slice_of(text), &copy));
    for (size_t i = 0; i < copy.n; i++)
        if (copy.p[i] == '\'') ((char *)(uintptr_t)copy.p)[i] = '"';
    if (!cn_json_read(a, copy, NULL, &v, &err)) fail_msg("%s: %s", text, err.detail);
    return v;
}

static cn_slice canonical(cn_arena *a, const cn_dataset *d) {
    CN_CRYPTO_AUTO cn_crypto *crypto = NULL;
    cn_err err;
    cn_rdfc result;
    assert_true(cn_crypto_new(&crypto, &err));
    assert_true(cn_rdfc_canonize(crypto, a, d, &(cn_rdfc_options){0}, &result, &err));
    return result.nquads;
}

/* What was made says what the quads say. */
static void check_back(cn_arena *a, const cn_dataset *quads, const cn_json *json,
                       const cn_jsonld_options *options) {
    cn_dataset back;
    cn_err err;
    assert_true(cn_jsonld_to_rdf(a, json, options, &back, &err));
    cn_slice x = canonical(a, quads), y = canonical(a, &back);
    if (!cn_slice_eq(x, y)) fail_msg("%.*s\nbecame\n%.*s", CN_ARG(x), CN_ARG(y));
}

static void one(const rdf_case *c, const cn_jsonld_options *options) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_err err = {0};
    cn_dataset quads;
    const cn_json *out;
    if (!cn_nquads_read(a, cn_slice_of(c->quads), 0, &quads, &err)) fail_msg("%s: %s", c->quads, err.detail);
    if (!cn_jsonld_from_rdf(a, &quads, options, &out, &err)) {
        if (c->expect) fail_msg("%s\ngave %s: %s", c->quads, err.id, err.detail);
        assert_string_equal(err.id, c->id);
        return;
    }
    cn_buf got = cn_buf_on(a, 0);
    cn_json_write(&got, out);
    cn_buf_byte(&got, 0);
    if (!c->expect) fail_msg("%s\ngave %s and not %s", c->quads, got.p, c->id);
    if (!cn_json_equal(out, quoted(a, c->expect))) fail_msg("%s\ngave %s\nand not %s", c->quads, got.p, c->expect);
    if (!options->native_types) check_back(a, &quads, out, options);
}

#define ALL(cases, options)                                                                                       \
    for (size_t i = 0; i < sizeof(cases) / sizeof *(cases); i++) one(&(cases)[i], options)

static void test_lists(void **state) {
    (void)state;
    static const rdf_case cases[] = {
        {"<v:s> <v:p> _:a .\n" CELL("_:a", "\"1\"", "_:b") CELL("_:b", "\"2\"", NIL),
         "[{'@id':'v:s','v:p':[{'@list':[{'@value':'1'},{'@value':'2'}]}]}]", NULL},
        /* A list in a list. */
        {"<v:s> <v:p> _:a .\n" CELL("_:a", "_:b", NIL) CELL("_:b", "\"2\"", NIL),
         "[{'@id':'v:s','v:p':[{'@list':[{'@list':[{'@value':'2'}]}]}]}]", NULL},
        /* Two lists, each in the other: one of them has to stay. */
        {CELL("_:a", "_:b", NIL) CELL("_:b", "_:a", NIL),
         "[{'@id':'_:b','" CN_RDF "first':[{'@list':[{'@id':'_:b'}]}],'" CN_RDF "rest':[{'@list':[]}]}]", NULL},
        /* A list that two refer to, one that says more, one that names a graph, one in two graphs, one that is a
         * type: none may lose its name. */
        {"<v:s> <v:p> _:a .\n<v:s> <v:q> _:a .\n" CELL("_:a", "\"1\"", NIL),
         "[{'@id':'v:s','v:p':[{'@id':'_:a'}],'v:q':[{'@id':'_:a'}]},{'@id':'_:a','" CN_RDF
         "first':[{'@value':'1'}],'" CN_RDF "rest':[{'@list':[]}]}]",
         NULL},
        {"<v:s> <v:p> _:a .\n_:a <v:q> \"x\" .\n" CELL("_:a", "\"1\"", NIL),
         "[{'@id':'v:s','v:p':[{'@id':'_:a'}]},{'@id':'_:a','v:q':[{'@value':'x'}],'" CN_RDF
         "first':[{'@value':'1'}],'" CN_RDF "rest':[{'@list':[]}]}]",
         NULL},
        {"<v:s> <v:p> _:a .\n" CELL("_:a", "\"1\"", NIL) "<v:s> <v:p> <v:o> _:a .\n",
         "[{'@id':'v:s','v:p':[{'@id':'_:a'}]},{'@id':'_:a','" CN_RDF "first':[{'@value':'1'}],'" CN_RDF
         "rest':[{'@list':[]}],'@graph':[{'@id':'v:s','v:p':[{'@id':'v:o'}]}]}]",
         NULL},
        {"<v:s> <v:p> _:a .\n" CELL("_:a", "\"1\"", NIL) "_:a <v:p> <v:o> <v:g> .\n",
         "[{'@id':'v:s','v:p':[{'@id':'_:a'}]},{'@id':'_:a','" CN_RDF "first':[{'@value':'1'}],'" CN_RDF
         "rest':[{'@list':[]}]},{'@id':'v:g','@graph':[{'@id':'_:a','v:p':[{'@id':'v:o'}]}]}]",
         NULL},
        {"<v:s> <v:p> _:a .\n" CELL("_:a", "\"1\"", NIL) "<v:s> <" CN_RDF "type> _:a .\n",
         "[{'@id':'v:s','@type':['_:a'],'v:p':[{'@id':'_:a'}]},{'@id':'_:a','" CN_RDF
         "first':[{'@value':'1'}],'" CN_RDF "rest':[{'@list':[]}]}]",
         NULL},
    };
    const cn_jsonld_options options = {0};
    ALL(cases, &options);
}

static void test_numbers(void **state) {
    (void)state;
#define NUMBER(text, type) "<v:s> <v:p> \"" text "\"^^<" CN_XSD type "> .\n"
#define VALUE(json) "[{'@id':'v:s','v:p':[{'@value':" json "}]}]"
#define TEXT(text, type) "[{'@id':'v:s','v:p':[{'@value':'" text "','@type':'" CN_XSD type "'}]}]"
    static const rdf_case cases[] = {
        {NUMBER("+07", "integer"), VALUE("7"), NULL},
        {NUMBER("-0", "integer"), VALUE("0"), NULL},
        {NUMBER("1.0", "integer"), TEXT("1.0", "integer"), NULL},
        {NUMBER("", "integer"), TEXT("", "integer"), NULL},
        {NUMBER("9007199254740993", "integer"), TEXT("9007199254740993", "integer"), NULL},
        {NUMBER(".5E0", "double"), VALUE("0.5"), NULL},
        {NUMBER("5.", "double"), VALUE("5"), NULL},
        {NUMBER("-1.5E-3", "double"), VALUE("-0.0015"), NULL},
        {NUMBER("1E999", "double"), TEXT("1E999", "double"), NULL},
        {NUMBER("INF", "double"), TEXT("INF", "double"), NULL},
        {NUMBER(".", "double"), TEXT(".", "double"), NULL},
        {NUMBER("1E", "double"), TEXT("1E", "double"), NULL},
        {NUMBER("1", "boolean"), VALUE("true"), NULL},
        {NUMBER("yes", "boolean"), TEXT("yes", "boolean"), NULL},
        {"<v:s> <v:p> \"x\"@en .\n", "[{'@id':'v:s','v:p':[{'@value':'x','@language':'en'}]}]", NULL},
    };
    const cn_jsonld_options options = {.native_types = true};
    ALL(cases, &options);
}

static void test_directions(void **state) {
    (void)state;
#define COMPOUND(direction, more)                                                                                 \
    "<v:s> <v:p> _:c .\n_:c <" CN_RDF "value> \"x\" .\n_:c <" CN_RDF "direction> \"" direction "\" .\n" more
    static const rdf_case cases[] = {
        {COMPOUND("rtl", ""), "[{'@id':'v:s','v:p':[{'@value':'x','@direction':'rtl'}]}]", NULL},
        {COMPOUND("up", ""), NULL, "jsonld.invalid-base-direction"},
        {COMPOUND("ltr", "_:c <" CN_RDF "language> \"no_tag\" .\n"), NULL,
         "jsonld.invalid-language-tagged-string"},
        /* What says more than a text stays a node. */
        {COMPOUND("ltr", "_:c <v:q> \"y\" .\n"),
         "[{'@id':'v:s','v:p':[{'@id':'_:c'}]},{'@id':'_:c','" CN_RDF "value':[{'@value':'x'}],'" CN_RDF
         "direction':[{'@value':'ltr'}],'v:q':[{'@value':'y'}]}]",
         NULL},
    };
    const cn_jsonld_options options = {.direction = CN_DIRECTION_COMPOUND};
    ALL(cases, &options);
}

/* Lists in lists: the deepest that may be, and one more, in either order of the quads. */
static void nested(cn_buf *b, size_t levels, bool outward) {
    cn_buf_clear(b);
    cn_buf_add(b, CN_S("<v:s> <v:p> _:c0 .\n"));
    for (size_t i = 0; i < levels; i++) {
        size_t n = outward ? levels - 1 - i : i;
        cn_buf_print(b, "_:c%zu " REST " " NIL " .\n", n);
        if (n + 1 < levels) cn_buf_print(b, "_:c%zu " FIRST " _:c%zu .\n", n, n + 1);
        else cn_buf_print(b, "_:c%zu " FIRST " \"x\" .\n", n);
    }
}

static void test_depth(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    const cn_jsonld_options options = {0};
    for (int outward = 0; outward < 2; outward++) {
        for (size_t levels = 100; levels < 10000; levels *= 30) {
            cn_dataset quads;
            const cn_json *out;
            cn_err err = {0};
            nested(&b, levels, outward);
            assert_true(cn_nquads_read(a, cn_buf_slice(&b), 0, &quads, &err));
            bool done = cn_jsonld_from_rdf(a, &quads, &options, &out, &err);
            assert_int_equal(done, levels == 100);
            if (!done) assert_string_equal(err.id, "jsonld.depth");
        }
    }
}

static void test_without_memory(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *text = cn_arena_new(0);
    static const char quads[] = "<v:s> <v:p> _:a .\n" CELL("_:a", "\"1\"", "_:b") CELL("_:b", "_:c", NIL)
        COMPOUND("rtl", "") "<v:s> <" CN_RDF "type> <v:T> <v:g> .\n<v:s> <v:n> \"7\"^^<" CN_XSD "integer> .\n";
    cn_dataset d;
    cn_err err;
    const cn_json *out,
        *input = quoted(text, "{'@id':'v:s','v:p':{'@list':[1,{'@graph':[{'v:q':2}]}]},'@type':'v:T'}");
    const cn_json *context = quoted(text, "{'p':'v:p'}");
    assert_true(cn_nquads_read(text, cn_slice_of(quads), 0, &d, &err));
    const cn_jsonld_options options = {.direction = CN_DIRECTION_COMPOUND, .native_types = true, .ordered = true};
    for (int flatten = 0; flatten < 2; flatten++) {
        size_t n = 0;
        for (bool ok = false; !ok; n++) {
            CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
            cn_arena_fail_after(a, n + 1);
            err = (cn_err){0};
            ok = flatten ? cn_jsonld_flatten(a, input, context, &options, &out, &err)
                         : cn_jsonld_from_rdf(a, &d, &options, &out, &err);
            if (!ok) assert_string_equal(err.id, "memory.limit");
        }
        assert_true(n > 50);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists), cmocka_unit_test(test_numbers),        cmocka_unit_test(test_directions),
        cmocka_unit_test(test_depth), cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
