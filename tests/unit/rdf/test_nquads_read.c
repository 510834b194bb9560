/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading N-Quads: each production at its edges, and refusals with their place.
 */
#include "help.h"

static void terms(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_dataset d = dataset_of(a, "<urn:s> <urn:p> \"a\"@en-CA-1 _:g .\n_:s.0<urn:p>\"1\"^^<urn:t><urn:g>.");
    assert_int_equal(d.n, 2);
    assert_slice(d.v[0].s.value, CN_S("urn:s"));
    assert_slice(d.v[0].o.language, CN_S("en-CA-1"));
    assert_slice(d.v[0].o.datatype, CN_S(CN_RDF "langString"));
    assert_int_equal(d.v[0].g.kind, CN_TERM_BLANK);
    assert_int_equal(d.v[1].s.kind, CN_TERM_BLANK);
    assert_slice(d.v[1].s.value, CN_S("s.0"));
    assert_slice(d.v[1].o.datatype, CN_S("urn:t"));
    assert_slice(d.v[1].g.value, CN_S("urn:g"));
}

static void lines(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    assert_int_equal(dataset_of(a, "").n, 0);
    assert_int_equal(dataset_of(a, "\r\n\t# only a note").n, 0);
    cn_dataset d = dataset_of(a, " \t<urn:s>\t<urn:p> _:o. # note \"\r\r\n#\n<urn:s> <urn:p> <urn:o> .");
    assert_int_equal(d.n, 2);
    assert_int_equal(d.v[0].g.kind, CN_TERM_DEFAULT);
    assert_slice(d.v[0].o.value, CN_S("o"));
}

static void escapes(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_dataset d = dataset_of(a, "<urn:\\u00e9\\U0001F600> <urn:p> \"x\\t\\b\\n\\r\\f\\\"\\'\\\\\\u0000y\" .");
    assert_slice(d.v[0].s.value, CN_S("urn:\xc3\xa9\xf0\x9f\x98\x80"));
    assert_slice(d.v[0].o.value, CN_S("x\t\b\n\r\f\"'\\\0y"));
}

static void borrowed(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const char *text = "<urn:s> <urn:p> \"plain\" .";
    cn_dataset d = dataset_of(a, text);
    assert_ptr_equal(d.v[0].s.value.p, text + 1);
    assert_ptr_equal(d.v[0].o.value.p, text + 17);
}

static void refused(void **state) {
    (void)state;
    static const struct {
        cn_slice text;
        const char *where;
    } cases[] = {
        {CN_S_INIT("<urn:s> <urn:p> <urn:o>"), "byte 23 (line 1, column 24)"},
        {CN_S_INIT("\n<urn:s> <urn:p> <urn:o> . x"), "byte 27 (line 2, column 27)"},
        {CN_S_INIT("<urn:s> <urn:p> <urn:o> . <urn:s> <urn:p> <urn:o> ."), "byte 26 (line 1, column 27)"},
        {CN_S_INIT("<s> <urn:p> <urn:o> ."), "byte 0 (line 1, column 1)"},
        {CN_S_INIT("<:s> <urn:p> <urn:o> ."), "byte 0 (line 1, column 1)"},
        {CN_S_INIT("<1a:s> <urn:p> <urn:o> ."), "byte 0 (line 1, column 1)"},
        {CN_S_INIT("<urn:s s> <urn:p> <urn:o> ."), "byte 6 (line 1, column 7)"},
        {CN_S_INIT("<urn:\\u0020> <urn:p> <urn:o> ."), "byte 6 (line 1, column 7)"},
        {CN_S_INIT("<urn:\\n> <urn:p> <urn:o> ."), "byte 6 (line 1, column 7)"},
        {CN_S_INIT("<urn:s"), "byte 6 (line 1, column 7)"},
        {CN_S_INIT("\"s\" <urn:p> <urn:o> ."), "byte 0 (line 1, column 1)"},
        {CN_S_INIT("<urn:s> _:p <urn:o> ."), "byte 8 (line 1, column 9)"},
        {CN_S_INIT("_:s <urn:p> _: ."), "byte 14 (line 1, column 15)"},
        {CN_S_INIT("_:-a <urn:p> _:a ."), "byte 2 (line 1, column 3)"},
        {CN_S_INIT("_a <urn:p> _:a ."), "byte 0 (line 1, column 1)"},
        {CN_S_INIT("_:s <urn:p> \"a\" \"g\" ."), "byte 16 (line 1, column 17)"},
        {CN_S_INIT("_:s <urn:p> \"a\nb\" ."), "byte 14 (line 1, column 15)"},
        {CN_S_INIT("_:s <urn:p> \"\\a\" ."), "byte 14 (line 1, column 15)"},
        {CN_S_INIT("_:s <urn:p> \"\\"), "byte 14 (line 1, column 15)"},
        {CN_S_INIT("_:s <urn:p> \"\\uD800\" ."), "byte 15 (line 1, column 16)"},
        {CN_S_INIT("_:s <urn:p> \"\\U00110000\" ."), "byte 15 (line 1, column 16)"},
        {CN_S_INIT("_:s <urn:p> \"\\UFFFFFFFF\" ."), "byte 15 (line 1, column 16)"},
        {CN_S_INIT("_:s <urn:p> \"\\u12\" ."), "byte 17 (line 1, column 18)"},
        {CN_S_INIT("_:s <urn:p> \"a\"@ ."), "byte 16 (line 1, column 17)"},
        {CN_S_INIT("_:s <urn:p> \"a\"@en- ."), "byte 19 (line 1, column 20)"},
        {CN_S_INIT("_:s <urn:p> \"a\"@1 ."), "byte 16 (line 1, column 17)"},
        {CN_S_INIT("_:s <urn:p> \"a\"^<urn:t> ."), "byte 16 (line 1, column 17)"},
        {CN_S_INIT("_:s <urn:p> \"a\"^^_:t ."), "byte 17 (line 1, column 18)"},
        {CN_S_INIT("_:\xc3\xa9 <urn:p> \"\xc0\x80\" ."), "byte 14 (line 1, column 14)"},
        {CN_S_INIT("_:s <urn:p> _:o .\0"), "byte 17 (line 1, column 18)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_dataset d = {0};
        cn_err err = {0};
        assert_false(cn_nquads_read(a, cases[i].text, 0, &d, &err));
        assert_int_equal(err.code, CN_INVALID);
        assert_string_equal(err.id, "nquads.syntax");
        assert_string_equal(err.where, cases[i].where);
        assert_null(d.v);
    }
}

static void too_many(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text = CN_S("_:a <urn:p> _:b .\n_:a <urn:p> _:c .\n");
    cn_dataset d;
    cn_err err;
    assert_true(cn_nquads_read(a, text, 2, &d, &err));
    assert_false(cn_nquads_read(a, text, 1, &d, &err));
    assert_int_equal(err.code, CN_LIMIT);
    assert_string_equal(err.id, "nquads.quads");
}

/* Each allocation in turn fails. */
static void without_memory(void **state) {
    (void)state;
    cn_slice text = CN_S("<urn:\\u00e9> <urn:p> \"\\n\" .\n<urn:s> <urn:p> \"\\t\"^^<urn:\\u00e9> .\n");
    for (size_t n = 1;; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_dataset d = {0};
        cn_err err = {0};
        cn_arena_fail_after(a, n);
        if (cn_nquads_read(a, text, 0, &d, &err)) {
            assert_true(n > 4);
            break;
        }
        assert_int_equal(err.code, CN_LIMIT);
        assert_null(d.v);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms),          cmocka_unit_test(lines),   cmocka_unit_test(escapes),
        cmocka_unit_test(borrowed),       cmocka_unit_test(refused), cmocka_unit_test(too_many),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
