/* SPDX-License-Identifier: Apache-2.0
 *
 * Where designs come from: made, joined, and kept whatever a change says; and what licences allow.
 */
#include "../check.h"
#include "app/licence.h"
#include "app/source.h"

static const cn_json *json(cn_arena *a, const char *text) {
    const cn_json *v = NULL;
    cn_err err;
    if (!cn_json_read(a, cn_slice_of(text), NULL, &v, &err)) fail_msg("%s: %s", err.where, err.detail);
    return v;
}

static void check(cn_arena *a, const cn_json *is, const char *want) {
    cn_buf b = cn_buf_on(a, 0);
    if (is) cn_json_write(&b, is);
    assert_true(cn_buf_ok(&b));
    if (!cn_slice_eq(cn_buf_slice(&b), cn_slice_of(want)))
        fail_msg("gave: %.*s\nnot:  %s", CN_ARG(cn_buf_slice(&b)), want);
}

/* ---- Kept ---- */

static const struct {
    const char *name, *before, *design, *want;
} kept[] = {
    {"nothing", "{}", "{\"hours\":1}", "{\"hours\":1}"},
    {"left out", "{\"source\":{\"achievement\":\"a:1\"}}", "{\"hours\":1}",
     "{\"hours\":1,\"source\":{\"achievement\":\"a:1\"}}"},
    {"another instead", "{\"source\":{\"achievement\":\"a:1\",\"version\":2}}",
     "{\"source\":{\"achievement\":\"b:1\",\"title\":{\"en\":\"B\"}}}",
     "{\"source\":{\"achievement\":\"a:1\",\"version\":2,\"others\":[{\"achievement\":\"b:1\",\"title\":{\"en\":"
     "\"B\"}}]}}"},
    {"other words of the same", "{\"source\":{\"achievement\":\"a:1\",\"title\":{\"en\":\"A\"}}}",
     "{\"source\":{\"achievement\":\"a:1\",\"title\":{\"en\":\"Mine\"}}}",
     "{\"source\":{\"achievement\":\"a:1\",\"title\":{\"en\":\"A\"}}}"},
    {"others left out",
     "{\"source\":{\"achievement\":\"a:1\",\"others\":[{\"achievement\":\"b:1\"},{\"achievement\":\"c:1\"}]}}",
     "{\"source\":{\"achievement\":\"a:1\",\"others\":[{\"achievement\":\"c:1\"},{\"achievement\":\"d:1\"}]}}",
     "{\"source\":{\"achievement\":\"a:1\",\"others\":[{\"achievement\":\"b:1\"},{\"achievement\":\"c:1\"},"
     "{\"achievement\":\"d:1\"}]}}"},
    {"a first one", "{}", "{\"source\":{\"achievement\":\"a:1\"}}", "{\"source\":{\"achievement\":\"a:1\"}}"},
    {"an empty one", "{}", "{\"source\":{}}", "{}"},
};

static void test_kept(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        const cn_json *out;
        cn_err err;
        assert_true(cn_source_keep(a, json(a, kept[i].before), json(a, kept[i].design), &out, &err));
        check(a, out, kept[i].want);
    }
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *out;
    cn_err err;
    assert_true(cn_source_keep(a, NULL, NULL, &out, &err));
    assert_null(out);
    assert_true(cn_source_keep(a, json(a, kept[1].before), NULL, &out, &err));
    check(a, out, kept[1].before);
}

/* ---- Competencies ---- */

#define A1 ",\"achievement\":\"a:1\"}"
#define B1 ",\"achievement\":\"b:1\"}"
#define TWO                                                                                                       \
    "{\"competencies\":[{\"label\":{\"en\":\"x\"},\"uri\":\"u:x\"},{\"label\":{\"fr\":\"y\"}}],"                  \
    "\"source\":{\"competencies\":[{\"competency\":\"u:x\"" A1 ",{\"competency\":\"y\"" B1 "]}}"

static const struct {
    const char *name, *competencies, *rows; /* of the design after; what is said of them */
} changed[] = {
    {"as they were", "[{\"uri\":\"u:x\"},{\"label\":{\"fr\":\"y\"}}]",
     "[{\"competency\":\"u:x\"" A1 ",{\"competency\":\"y\"" B1 "]"},
    {"turned round", "[{\"label\":{\"fr\":\"y\"}},{\"uri\":\"u:x\"}]",
     "[{\"competency\":\"u:x\"" A1 ",{\"competency\":\"y\"" B1 "]"},
    {"one renamed", "[{\"uri\":\"u:x\"},{\"label\":{\"fr\":\"z\"}}]",
     "[{\"competency\":\"u:x\"" A1 ",{\"competency\":\"z\"" B1 "]"},
    {"its URI taken away", "[{\"label\":{\"en\":\"x\"}},{\"label\":{\"fr\":\"y\"}}]",
     "[{\"competency\":\"x\"" A1 ",{\"competency\":\"y\"" B1 "]"},
    {"one gone", "[{\"label\":{\"fr\":\"y\"}}]", "[{\"competency\":\"y\"" B1 "]"},
    {"one gone, the other renamed", "[{\"label\":{\"fr\":\"z\"}}]", "[{\"competency\":\"z\"" A1 "]"},
    {"one of their own beside", "[{\"uri\":\"u:x\"},{\"label\":{\"fr\":\"y\"}},{\"label\":{\"en\":\"own\"}}]",
     "[{\"competency\":\"u:x\"" A1 ",{\"competency\":\"y\"" B1 "]"},
    {"renamed and moved", "[{\"label\":{\"fr\":\"y\"}},{\"label\":{\"en\":\"own\"}},{\"label\":{\"en\":\"z\"}}]",
     "[{\"competency\":\"own\"" A1 ",{\"competency\":\"y\"" B1 "]"},
};

static void test_competencies(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        const cn_json *out, *before = json(a, TWO);
        cn_json *design = cn_json_object(a);
        cn_err err;
        assert_true(cn_json_set(a, design, CN_S("competencies"), json(a, changed[i].competencies)));
        assert_true(cn_source_keep(a, before, design, &out, &err));
        check(a, cn_json_point(out, CN_S("/source/competencies")), changed[i].rows);
        /* A design that brings the old rows along, as a form does, says no more by that. */
        assert_true(cn_json_set(a, design, CN_S("source"), cn_json_get(before, CN_S("source"))));
        assert_true(cn_source_keep(a, before, design, &out, &err));
        check(a, cn_json_point(out, CN_S("/source/competencies")), changed[i].rows);
    }
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *out;
    cn_err err;
    assert_true(cn_source_keep(a, json(a, TWO), json(a, "{\"competencies\":[]}"), &out, &err));
    check(a, out, "{\"competencies\":[]}");
}

/* One that comes with its own source in the place of another is no renamed one. */
static void test_replaced(void **state) {
    (void)state;
    static const struct {
        const char *competencies, *said, *rows;
    } cases[] = {
        {"[{\"code\":\"c\"},{\"label\":{\"fr\":\"y\"}}]", "[{\"competency\":\"c\",\"achievement\":\"c:1\"}]",
         "[{\"competency\":\"y\"" B1 ",{\"competency\":\"c\",\"achievement\":\"c:1\"}]"},
        /* A row that names nobody says nothing. */
        {"[{\"code\":\"c\"},{\"label\":{\"fr\":\"y\"}}]", "[{\"competency\":\"c\",\"title\":{\"en\":\"C\"}}]",
         "[{\"competency\":\"c\"" A1 ",{\"competency\":\"y\"" B1 "]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        const cn_json *out;
        cn_json *design = cn_json_object(a), *source = cn_json_object(a);
        cn_err err;
        assert_true(cn_json_set(a, source, CN_S("competencies"), json(a, cases[i].said)));
        assert_true(cn_json_set(a, design, CN_S("competencies"), json(a, cases[i].competencies)));
        assert_true(cn_json_set(a, design, CN_S("source"), source));
        assert_true(cn_source_keep(a, json(a, TWO), design, &out, &err));
        check(a, cn_json_point(out, CN_S("/source/competencies")), cases[i].rows);
    }
}

/* Competencies "<first>0" … and the rows that say they come from the achievement of that letter. */
static const cn_json *full(cn_arena *a, char first) {
    cn_json *all = cn_json_array(a), *rows = cn_json_array(a), *source = cn_json_object(a),
            *out = cn_json_object(a);
    for (int i = 0; i < CN_SOURCE_COMPETENCIES_MAX; i++) {
        cn_slice one, row;
        assert_true(cn_arena_print(a, &one, "{\"code\":\"%c%d\"}%c", first, i, 0));
        assert_true(
            cn_arena_print(a, &row, "{\"competency\":\"%c%d\",\"achievement\":\"%c\"}%c", first, i, first, 0));
        assert_true(cn_json_push(a, all, json(a, one.p)) && cn_json_push(a, rows, json(a, row.p)));
    }
    assert_true(cn_json_set(a, source, CN_S("competencies"), rows) &&
                cn_json_set(a, out, CN_S("competencies"), all) && cn_json_set(a, out, CN_S("source"), source));
    return out;
}

/* As many as there can be, all replaced in one change: what is gone takes no room from what came. */
static void test_replaced_all(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *out, *after = full(a, 'n');
    cn_err err;
    assert_true(cn_source_keep(a, full(a, 'o'), after, &out, &err));
    assert_true(cn_json_equal(out, after));
}

/* ---- Made ---- */

static void test_derived(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *out, *first = json(a, "{\"achievement\":\"n:2\",\"reused\":[\"whole\"]}"),
                        *design = json(a, TWO);
    cn_err err;
    assert_true(cn_source_derive(a, first, json(a, "{}"), json(a, "{}"), &out, &err));
    check(a, out, "{\"achievement\":\"n:2\",\"reused\":[\"whole\"]}");
    assert_true(cn_source_derive(a, first,
                                 json(a, "{\"source\":{\"achievement\":\"a:1\",\"others\":[{\"achievement\":\"z:"
                                         "1\"},{\"achievement\":\"n:2\"}]}}"),
                                 json(a, "{\"competencies\":[{\"code\":\"7\"}]}"), &out, &err));
    check(a, out,
          "{\"achievement\":\"n:2\",\"reused\":[\"whole\"],\"others\":[{\"achievement\":\"a:1\"},{\"achievement\":"
          "\"z:1\"}],"
          "\"competencies\":[{\"competency\":\"7\",\"achievement\":\"n:2\"}]}");
    assert_true(cn_source_derive(a, json(a, "{\"title\":{\"en\":\"T\"}}"), json(a, "{}"), design, &out, &err));
    check(a, out, "{\"title\":{\"en\":\"T\"}}"); /* nobody's file */
    assert_true(cn_source_derive(a, first, design, json(a, "{\"competencies\":[{\"uri\":\"u:x\"}]}"), &out, &err));
    check(a, cn_json_get(out, CN_S("competencies")), "[{\"competency\":\"u:x\"" A1 "]");
}

/* Neither list grows beyond what a design holds, however often one is made from another. */
static void test_many(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *source = NULL;
    cn_err err;
    for (int i = 0; i < 40; i++) {
        cn_slice text;
        assert_true(cn_arena_print(a, &text, "{\"achievement\":\"a:%d\"}%c", i, 0));
        cn_json *design = cn_json_object(a);
        if (source) assert_true(cn_json_set(a, design, CN_S("source"), source));
        assert_true(cn_source_derive(a, json(a, text.p), design, NULL, &source, &err));
    }
    const cn_json *others = cn_json_get(source, CN_S("others"));
    assert_int_equal(cn_json_count(others), CN_SOURCE_OTHERS_MAX);
    check_text(cn_json_get_text(cn_json_item(others, 0), CN_S("achievement")), "a:38");
}

/* ---- Without memory ---- */

static void test_memory(void **state) {
    (void)state;
    cn_arena *safe CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *before = json(safe, TWO), *design = json(safe, kept[4].design), *out;
    bool done = false;
    for (size_t most = 1; !done; most *= 2) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(most);
        cn_err err = {0};
        done = cn_source_keep(a, before, design, &out, &err);
        if (!done) check_err(err, CN_LIMIT, "memory.limit");
        assert_true(most < 1u << 24);
    }
}

/* ---- Licences ---- */

static void test_licences(void **state) {
    (void)state;
    static const struct {
        const char *address, *name;
        bool closed, alike, noncommercial;
    } cases[] = {
        {"https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", false, false, false},
        {"http://www.creativecommons.org/licenses/by-sa/2.5/ca/deed.fr", "CC BY-SA 2.5", false, true, false},
        {"HTTPS://CreativeCommons.org/licenses/by-nd/4.0", "CC BY-ND 4.0", true, false, false},
        {"https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0", true, false, true},
        {"https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC BY-NC-SA 4.0", false, true, true},
        {"https://creativecommons.org/licenses/by/", "CC BY", false, false, false},
        {"https://creativecommons.org/licenses/by-nd", "CC BY-ND", true, false, false},
        {"https://creativecommons.org/licenses/by-nc-sa?ref=1", "CC BY-NC-SA", false, true, true},
        {"https://creativecommons.org/licenses/by-nd#deed", "CC BY-ND", true, false, false},
        {"https://creativecommons.org/licenses/by-", "", false, false, false},
        {"https://creativecommons.org/licenses/b", "", false, false, false},
        {"https://creativecommons.org/licenses/by/<b>/", "CC BY", false, false, false},
        {"https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0", false, false, false},
        {"https://www.ontario.ca/page/open-government-licence-ontario#a",
         "Open Government Licence \xe2\x80\x93 Ontario", false, false, false},
        {"https://www.ontario.ca/page/open-government-licence-ontario-2", "", false, false, false},
        {"https://creativecommons.org/licenses/by-xx/4.0/", "", false, false, false},
        {"https://elsewhere.example/creativecommons.org/licenses/by/4.0/", "", false, false, false},
        {"https://creativecommons.org", "", false, false, false},
        {"", "", false, false, false},
    };
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_licence l = cn_licence_of(a, cn_slice_of(cases[i].address));
        if (!cn_slice_eq(l.name, cn_slice_of(cases[i].name)))
            fail_msg("%s: %.*s", cases[i].address, CN_ARG(l.name));
        assert_int_equal(l.closed, cases[i].closed);
        assert_int_equal(l.alike, cases[i].alike);
        assert_int_equal(l.noncommercial, cases[i].noncommercial);
    }
}

static void test_words(void **state) {
    (void)state;
    for (cn_source_part part = 0; part < CN_SOURCE_PARTS; part++)
        assert_int_equal(cn_source_part_find(cn_source_word(part)), part);
    assert_int_equal(cn_source_part_find(CN_S("all")), CN_SOURCE_PARTS);
    assert_int_equal(cn_source_part_find((cn_slice){0}), CN_SOURCE_PARTS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),  cmocka_unit_test(test_competencies), cmocka_unit_test(test_derived),
        cmocka_unit_test(test_many),  cmocka_unit_test(test_memory),       cmocka_unit_test(test_licences),
        cmocka_unit_test(test_words), cmocka_unit_test(test_replaced),     cmocka_unit_test(test_replaced_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
