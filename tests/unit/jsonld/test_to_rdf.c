/* SPDX-License-Identifier: Apache-2.0
 *
 * src/jsonld/node_map.c and src/jsonld/to_rdf.c: what the public suite does not
 * look at (safe mode, limits, memory), and small cases by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "crypto/crypto.h"
#include "jsonld/jsonld.h"
#include "jsonld/node_map.h"

#include "base/base.h"

typedef struct row {
    const char *input;
    const char *nquads; /* canonical, without safe mode */
    const char *safe;   /* the error in safe mode, or NULL when it is the same */
    cn_rdf_direction direction;
    bool generalized;
} row;

#define VOCAB "\"@context\": {\"@vocab\": \"urn:v#\"}, "

static const row rows[] = {
    {"{}", "", "jsonld.dropped-value", 0, false},
    {"{" VOCAB "\"@id\": \"urn:a\", \"p\": [1, 1.0, -0.0, 1.5, 1e21, true, \"x\"]}",
     "<urn:a> <urn:v#p> \"0\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
     "<urn:a> <urn:v#p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
     "<urn:a> <urn:v#p> \"1.0E21\"^^<http://www.w3.org/2001/XMLSchema#double> .\n"
     "<urn:a> <urn:v#p> \"1.5E0\"^^<http://www.w3.org/2001/XMLSchema#double> .\n"
     "<urn:a> <urn:v#p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n"
     "<urn:a> <urn:v#p> \"x\" .\n",
     NULL, 0, false},
    {"{" VOCAB "\"@id\": \"urn:a\", \"p\": {\"@list\": [{\"@list\": []}, \"x\"]}}",
     "<urn:a> <urn:v#p> _:c14n0 .\n"
     "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> "
     ".\n"
     "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:c14n1 .\n"
     "_:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"x\" .\n"
     "_:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> "
     ".\n",
     NULL, 0, false},
    {"{" VOCAB "\"@id\": \"urn:g\", \"@graph\": {\"@id\": \"urn:a\", \"p\": {\"@id\": \"urn:g\"}}}",
     "<urn:a> <urn:v#p> <urn:g> <urn:g> .\n", NULL, 0, false},
    {"{" VOCAB "\"@id\": \"urn:a\", \"@reverse\": {\"p\": {\"@id\": \"urn:b\"}}}", "<urn:b> <urn:v#p> <urn:a> .\n",
     NULL, 0, false},
    {"{" VOCAB "\"@id\": \"rel\", \"p\": 1}", "", "jsonld.dropped-id", 0, false},
    {"{" VOCAB "\"@id\": \"urn:a\", \"p\": {\"@id\": \"rel\"}}", "", "jsonld.dropped-id", 0, false},
    {"{" VOCAB "\"@id\": \"rel\", \"@graph\": {\"@id\": \"urn:a\", \"p\": 1}}", "", "jsonld.dropped-id", 0, false},
    {"{" VOCAB "\"@id\": \"\", \"@graph\": {\"@id\": \"urn:a\", \"p\": 1}}", "", "jsonld.dropped-id", 0, false},
    {"{" VOCAB "\"@id\": \"urn:a#b#c\", \"p\": 1}", "", "jsonld.dropped-id", 0, false},
    {"{" VOCAB "\"@id\": \"urn:a\", \"p\": {\"@value\": \"x\", \"@language\": \"a b\"}}", "",
     "jsonld.dropped-language", 0, false},
    {"{" VOCAB "\"@id\": \"urn:a\", \"p\": {\"@value\": \"x\", \"@direction\": \"rtl\"}}",
     "<urn:a> <urn:v#p> \"x\" .\n", "jsonld.dropped-direction", 0, false},
    {"{" VOCAB
     "\"@id\": \"urn:a\", \"p\": {\"@value\": \"x\", \"@direction\": \"rtl\", \"@language\": \"FR-ca\"}}",
     "<urn:a> <urn:v#p> \"x\"^^<https://www.w3.org/ns/i18n#fr-ca_rtl> .\n", NULL, CN_DIRECTION_I18N, false},
    {"{" VOCAB "\"@id\": \"urn:a\", \"p\": {\"@value\": \"x\", \"@direction\": \"ltr\"}}",
     "<urn:a> <urn:v#p> _:c14n0 .\n"
     "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#direction> \"ltr\" .\n"
     "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> \"x\" .\n",
     NULL, CN_DIRECTION_COMPOUND, false},
    {"{\"@id\": \"urn:a\", \"_:p\": 1}", "", "jsonld.dropped-property", 0, false},
};

static cn_jsonld_options options_of(const row *r, bool safe) {
    return (cn_jsonld_options){.direction = r->direction, .generalized = r->generalized, .safe = safe};
}

static const cn_json *parsed(cn_arena *a, const char *text) {
    const cn_json *v = NULL;
    cn_err err = {0};
    assert_true(cn_json_read(a, cn_slice_of(text), NULL, &v, &err));
    return v;
}

static void test_rows(void **state) {
    (void)state;
    CN_CRYPTO_AUTO cn_crypto *c = NULL;
    cn_err err = {0};
    assert_true(cn_crypto_new(&c, &err));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        const cn_json *input = parsed(a, rows[i].input);
        cn_jsonld_options plain = options_of(&rows[i], false), safe = options_of(&rows[i], true);
        cn_dataset d;
        cn_rdfc out;
        assert_true(cn_jsonld_to_rdf(a, input, &plain, &d, &err));
        assert_true(cn_rdfc_canonize(c, a, &d, &(cn_rdfc_options){0}, &out, &err));
        assert_int_equal(out.nquads.n, strlen(rows[i].nquads));
        assert_memory_equal(out.nquads.p, rows[i].nquads, out.nquads.n);
        bool good = cn_jsonld_to_rdf(a, input, &safe, &d, &err);
        if (good == (rows[i].safe != NULL)) fail_msg("%s: %s", rows[i].input, good ? "no error" : err.id);
        if (good) continue;
        assert_int_equal(err.code, CN_INVALID);
        assert_string_equal(err.id, rows[i].safe);
    }
}

static void test_generalized(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_dataset d;
    cn_err err;
    cn_jsonld_options options = {.generalized = true};
    assert_true(cn_jsonld_to_rdf(a, parsed(a, "{\"@id\": \"urn:a\", \"_:p\": 1}"), &options, &d, &err));
    assert_int_equal(d.n, 1);
    assert_int_equal(d.v[0].p.kind, CN_TERM_BLANK);
}

/* What safe mode refuses is said with its place, where it stands there as it is. */
static void test_places(void **state) {
    (void)state;
    static const struct {
        const char *input, *where;
    } cases[] = {
        {"{\"urn:p\": [{\"@id\": \"urn:b\"}, {\"@id\": \"urn:a#b#c\"}], \"@id\": \"urn:a\"}", "/urn:p/1/@id"},
        {"{\"@id\": \"urn:a\", \"urn:q\": 2, \"urn:p#/#\": 1}", "/urn:p#~1#"},
        {"{\"@id\": \"_:b0\", \"_:p\": 1, \"urn:q\": {\"@id\": \"_:b1\"}}", ""},
        {"{\"@context\": {\"p/q\": \"urn:p#q#r\"}, \"@id\": \"urn:a\", \"p/q\": 1}", "/@context/p~1q"},
        {"{\"@id\": \"urn:a\", \"urn:p\": {\"@value\": \"x\", \"@language\": \"A b\"}}", "/urn:p/@language"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_jsonld_options options = {.safe = true};
        cn_dataset d;
        cn_err err = {0};
        assert_false(cn_jsonld_to_rdf(a, parsed(a, cases[i].input), &options, &d, &err));
        assert_string_equal(err.where, cases[i].where);
    }
}

static void test_conflicting_indexes(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_dataset d;
    cn_err err = {0};
    cn_jsonld_options options = {0};
    const cn_json *v = parsed(a, "[{\"@id\": \"urn:a\", \"@index\": \"1\", \"urn:p\": 1},"
                                 " {\"@id\": \"urn:a\", \"@index\": \"2\", \"urn:p\": 2}]");
    assert_false(cn_jsonld_to_rdf(a, v, &options, &d, &err));
    assert_string_equal(err.id, "jsonld.conflicting-indexes");
}

/* Repeated values make one quad, few or many; in a list each counts. */
static void test_repeated_values(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_jsonld_options options = {0};
    cn_dataset d;
    cn_err err;
    for (size_t distinct = 1; distinct <= 40; distinct++) {
        cn_buf b = cn_buf_on(a, 0);
        cn_buf_print(&b, "{\"@id\": \"urn:a\", \"urn:p\": [");
        for (size_t i = 0; i < 3 * distinct; i++)
            cn_buf_print(&b, i % 2 ? "%s{\"@id\": \"urn:n%zu\"}" : "%s\"%zu\"", i ? ", " : "", i / 2 % distinct);
        cn_buf_print(&b, "]}");
        const cn_json *v;
        assert_true(cn_json_read(a, cn_buf_slice(&b), NULL, &v, &err));
        assert_true(cn_jsonld_to_rdf(a, v, &options, &d, &err));
        assert_int_equal(d.n, distinct == 1 ? 2 : 2 * distinct);
    }
    assert_true(cn_jsonld_to_rdf(a, parsed(a, "{\"@id\": \"urn:a\", \"urn:p\": {\"@list\": [1, 1, 1]}}"), &options,
                                 &d, &err));
    assert_int_equal(d.n, 7);
}

static void test_depth(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_node_map map;
    cn_err err = {0};
    const cn_json *v = parsed(a, "[{\"urn:p\": [{\"urn:p\": [{\"@value\": 1}]}]}]");
    assert_true(cn_node_map_make(a, v, 3, false, &map, &err));
    assert_false(cn_node_map_make(a, v, 2, false, &map, &err));
    assert_int_equal(err.code, CN_LIMIT);
    assert_string_equal(err.id, "jsonld.depth");
}

/* Every allocation failing in turn is LIMIT, and in the end it works. */
static void test_no_memory(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool good = false;
        for (size_t n = 1; !good; n++) {
            CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
            const cn_json *input = parsed(a, rows[i].input);
            cn_jsonld_options options = options_of(&rows[i], false);
            cn_dataset d;
            cn_err err = {0};
            cn_arena_fail_after(a, n);
            good = cn_jsonld_to_rdf(a, input, &options, &d, &err);
            if (!good) assert_int_equal(err.code, CN_LIMIT);
            assert_true(n < 10000);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_generalized),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_conflicting_indexes),
        cmocka_unit_test(test_repeated_values),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
