/* SPDX-License-Identifier: Apache-2.0
 *
 * src/jsonld/compact*.c and inverse_context.c: edge cases beside the public suite. JSON is written with ' for ".
 */
#include "jsonld_try.h"

#include "base/base.h"

typedef struct compact_case {
    const char *input, *context;
    const char *expect; /* NULL: an error is expected */
    const char *id;
} compact_case;

static const cn_jsonld_options usual = {.loader = &try_loader, .base = CN_S_INIT("http://example.org/a/doc?q")};

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

static void compact_one(const compact_case *c, const cn_jsonld_options *options) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_err err = {0};
    const cn_json *out, *context = c->context ? quoted(a, c->context) : NULL, *input = quoted(a, c->input);
    bool done = cn_jsonld_compact(a, input, context, options, &out, &err);
    if (!cn_json_equal(input, quoted(a, c->input))) fail_msg("%s\nwas changed", c->input);
    if (!done) {
        if (c->expect) fail_msg("%s\ngave %s %s: %s", c->input, err.id, err.where, err.detail);
        assert_string_equal(err.id, c->id);
        assert_true(err.detail[0] != 0);
        return;
    }
    cn_buf got = cn_buf_on(a, 0);
    cn_json_write(&got, out);
    cn_buf_byte(&got, 0);
    if (!c->expect) fail_msg("%s\ngave %s and not %s", c->input, got.p, c->id);
    if (!cn_json_equal(cn_json_without(a, out, CN_S("@context")), quoted(a, c->expect)))
        fail_msg("%s\ngave %s\nand not %s", c->input, got.p, c->expect);
    assert_true(!context || cn_slice_eq(out->object.v[0].key, CN_S("@context")));
}

static void compact_all(const compact_case *cases, size_t n, const cn_jsonld_options *options) {
    for (size_t i = 0; i < n; i++) compact_one(&cases[i], options);
}
#define COMPACT_ALL(cases, options) compact_all(cases, sizeof(cases) / sizeof *(cases), options)

static void test_top(void **state) {
    (void)state;
    static const compact_case cases[] = {
        {"[]", NULL, "{}", NULL},
        {"[{'@id':'http://a/','http://v/p':1}]", NULL, "{'@id':'http://a/','http://v/p':1}", NULL},
        {"[{'http://v/p':1},{'http://v/p':2}]", "{'@context':{'@vocab':'http://v/','g':'@graph'}}",
         "{'g':[{'p':1},{'p':2}]}", NULL},
        {"{'http://v/p':[]}", "{'@vocab':'http://v/'}", "{'p':[]}", NULL},
    };
    COMPACT_ALL(cases, &usual);
}

static void test_scopes(void **state) {
    (void)state;
    static const compact_case cases[] = {
        /* A type's context ends at the next node: its names are of no use there, for types neither. */
        {"{'@type':'http://v/T','http://v/p':{'@type':'http://v/S','http://v/q':1}}",
         "{'T':{'@id':'http://v/T','@context':{'p':'http://v/p','q':'http://v/q','S':'http://v/S'}}}",
         "{'@type':'T','p':{'@type':'http://v/S','http://v/q':1}}", NULL},
        /* A property's context is the one of where the property stands, though that ends there. */
        {"{'@type':'http://v/T','http://v/p':{'http://v/q':1}}",
         "{'T':{'@id':'http://v/T','@context':{'p':{'@id':'http://v/p','@context':{'q':'http://v/q'}}}}}",
         "{'@type':'T','p':{'q':1}}", NULL},
        /* Where the types of a node are always an array, the type of a value is none. */
        {"{'http://v/p':{'@value':'x','@type':'http://v/D'},'@type':'http://v/T'}",
         "{'@version':1.1,'@vocab':'http://v/','@type':{'@container':'@set'}}",
         "{'p':{'@value':'x','@type':'D'},'@type':['T']}", NULL},
    };
    COMPACT_ALL(cases, &usual);
}

static void test_iris(void **state) {
    (void)state;
    static const compact_case cases[] = {
        {"{'http://v/p':{'@id':'http://example.org/b/c'}}", "{'p':{'@id':'http://v/p','@type':'@id'}}",
         "{'p':'../b/c'}", NULL},
        {"{'@id':'http://v/@type','http://v/p':1}", "{'@base':'http://v/'}", "{'@id':'./@type','http://v/p':1}",
         NULL},
        {"{'urn:x:p':1}", "{'urn':'http://v/'}", NULL, "jsonld.iri-confused-with-prefix"},
        {"{'urn://x':1}", "{'urn':'http://v/'}", "{'urn://x':1}", NULL},
        {"{'http://v/p':1}", "{'n':'@type','p':{'@id':'http://v/p','@nest':'n'}}", NULL,
         "jsonld.invalid-nest-value"},
        /* A reverse map has no nests. */
        {"{'@reverse':{'http://v/p':{'@id':'http://v/x'}}}", "{'p':{'@id':'http://v/p','@nest':'@nest'}}",
         "{'@reverse':{'p':{'@id':'http://v/x'}}}", NULL},
        /* The shortest prefix, then the least. */
        {"{'http://v/w/p':1}", "{'vv':'http://v/','ww':'http://v/w/','xx':'http://v/w/'}", "{'ww:p':1}", NULL},
    };
    COMPACT_ALL(cases, &usual);
}

static void test_values(void **state) {
    (void)state;
    static const compact_case cases[] = {
        /* A JSON literal is no array of values. */
        {"{'http://v/p':{'@value':[[1]],'@type':'@json'}}",
         "{'p':{'@id':'http://v/p','@type':'@json','@container':'@set'}}", "{'p':[[1]]}", NULL},
        {"{'http://v/p':{'@value':[],'@type':'@json'}}", "{'p':{'@id':'http://v/p','@type':'@json'}}", "{'p':[]}",
         NULL},
        /* Two of them become one, and the document stays as it is. */
        {"{'http://v/p':[{'@value':[1],'@type':'@json'},{'@value':[2],'@type':'@json'}]}",
         "{'p':{'@id':'http://v/p','@type':'@json'}}", "{'p':[1,2]}", NULL},
        /* The key of an index map is read as the property would be. */
        {"{'http://v/p':{'http://v/i':'x','http://v/q':1}}",
         "{'p':{'@id':'http://v/p','@container':'@index','@index':'i'},'i':{'@id':'http://v/i','@type':'@id'}}",
         "{'p':{'@none':{'http://v/i':'x','http://v/q':1}}}", NULL},
        {"{'http://v/p':{'http://v/i':['x','y'],'http://v/q':1}}",
         "{'p':{'@id':'http://v/p','@container':'@index','@index':'i'},'i':'http://v/i'}",
         "{'p':{'x':{'i':'y','http://v/q':1}}}", NULL},
        /* There, an index of its own stays. */
        {"{'http://v/p':{'@index':'k','http://v/i':'x'}}",
         "{'p':{'@id':'http://v/p','@container':'@index','@index':'i'},'i':'http://v/i'}",
         "{'p':{'x':{'@index':'k'}}}", NULL},
        {"{'http://v/p':{'@value':'x','@direction':'rtl'}}",
         "{'p':'http://v/p','r':{'@id':'http://v/p','@direction':'rtl'}}", "{'r':'x'}", NULL},
    };
    COMPACT_ALL(cases, &usual);
}

static void test_options(void **state) {
    (void)state;
    static const char input[] = "{'@id':'http://example.org/a/b','http://v/p':1}";
    cn_jsonld_options options = usual;
    compact_one(&(compact_case){input, NULL, "{'@id':'b','http://v/p':1}", NULL}, &options);
    options.keep_absolute = true;
    compact_one(&(compact_case){input, NULL, "{'@id':'http://example.org/a/b','http://v/p':1}", NULL}, &options);
    options.keep_arrays = true;
    compact_one(&(compact_case){input, "{'@base':'http://example.org/a/'}",
                                "{'@graph':[{'@id':'b','http://v/p':[1]}]}", NULL},
                &options);
}

/* What would be lost without a word in the result is refused in safe mode. */
static void test_safe(void **state) {
    (void)state;
    static const compact_case cases[] = {
        {"{'http://v/p':[{'@list':[1]},{'@list':[2]}]}", "{'p':{'@id':'http://v/p','@container':'@list'}}", NULL,
         "jsonld.dropped-value"},
        {"{'http://v/p':[{'@value':1,'@type':'@json'},{'@value':2,'@type':'@json'}]}",
         "{'p':{'@id':'http://v/p','@type':'@json'}}", NULL, "jsonld.dropped-value"},
    };
    cn_jsonld_options options = usual;
    options.safe = true;
    COMPACT_ALL(cases, &options);
}

/* Contexts of very many terms, entered anew at every level. */
static void test_work(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new((size_t)1 << 30);
    cn_buf context = cn_buf_on(a, 0), input = cn_buf_on(a, 0);
    const cn_json *x, *y, *out;
    cn_err err = {0};
    cn_buf_add(&context, CN_S("{\"p\":{\"@id\":\"http://v/p\",\"@context\":{\"q\":\"http://v/q\"}}"));
    for (int i = 0; i < 20000; i++) cn_buf_print(&context, ",\"t%d\":\"http://v/%d\"", i, i);
    cn_buf_byte(&context, '}');
    for (int i = 0; i < 100; i++) cn_buf_add(&input, CN_S("{\"http://v/p\":"));
    cn_buf_byte(&input, '1');
    for (int i = 0; i < 100; i++) cn_buf_byte(&input, '}');
    assert_true(cn_json_read(a, cn_buf_slice(&input), NULL, &x, &err));
    assert_true(cn_json_read(a, cn_buf_slice(&context), NULL, &y, &err));
    assert_false(cn_jsonld_compact(a, x, y, NULL, &out, &err));
    assert_string_equal(err.id, "jsonld.work");
}

static void test_without_memory(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *text = cn_arena_new(0);
    const cn_json *input = quoted(
        text,
        "{'@id':'http://example.org/x','@type':'http://v/T','http://v/p':[{'@list':[1]},{'@id':'http://v/T'},"
        "{'@value':'x','@language':'fr','@direction':'rtl'}],'@reverse':{'http://v/r':{'http://v/q':2}},"
        "'http://v/g':{'@graph':{'http://v/q':3}},'http://v/i':{'http://v/j':'k','http://v/q':4}}");
    const cn_json *context = quoted(
        text,
        "{'v':'http://v/','id':'@id','T':{'@id':'v:T','@context':{'q':'v:q'}},'r':{'@reverse':'v:r'},'g':{'@id':"
        "'v:g','@container':'@graph'},'i':{'@id':'v:i','@container':'@index','@index':'v:j'},'n':'@nest',"
        "'q':{'@id':'v:q','@nest':'n'}}");
    const cn_json *out;
    size_t n = 0;
    for (bool ok = false; !ok; n++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_err err = {0};
        cn_arena_fail_after(a, n + 1);
        ok = cn_jsonld_compact(a, input, context, &usual, &out, &err);
        if (!ok) assert_string_equal(err.id, "memory.limit");
    }
    assert_true(n > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_top),    cmocka_unit_test(test_scopes),         cmocka_unit_test(test_iris),
        cmocka_unit_test(test_values), cmocka_unit_test(test_options),        cmocka_unit_test(test_safe),
        cmocka_unit_test(test_work),   cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
