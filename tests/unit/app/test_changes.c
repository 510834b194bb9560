/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed between two texts, and between two drafts.
 */
#include "../check.h"
#include "app/changes.h"
#include "json/json.h"

/* The parts of a text: [-removed-] and {+added+} among the rest. */
static cn_slice shown(cn_arena *a, const cn_change_part *v, size_t n) {
    static const char
        *const open[] = {[CN_CHANGE_SAME] = "", [CN_CHANGE_ADDED] = "{+", [CN_CHANGE_REMOVED] = "[-"},
               *const close[] = {[CN_CHANGE_SAME] = "", [CN_CHANGE_ADDED] = "+}", [CN_CHANGE_REMOVED] = "-]"};
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < n; i++)
        cn_buf_print(&b, "%s%.*s%s", open[v[i].kind], CN_ARG(v[i].text), close[v[i].kind]);
    assert_true(cn_buf_ok(&b));
    return cn_buf_slice(&b);
}

static void same(cn_slice is, const char *expected) {
    if (!cn_slice_eq(is, cn_slice_of(expected))) fail_msg("\"%.*s\", and not \"%s\"", CN_ARG(is), expected);
}

static void test_texts(void **state) {
    (void)state;
    static const struct {
        const char *before, *after, *expected;
        bool lines;
    } rows[] = {
        {"", "", "", false},
        {"one", "one", "one", false},
        {"", "one two", "{+one two+}", false},
        {"one two", "", "[-one two-]", false},
        {"a written exam", "an oral exam", "[-a written -]{+an oral +}exam", false},
        {"one two three", "one three", "one [-two -]three", false},
        {"one three", "one two three", "one {+two +}three", false},
        {"one\ntwo\n", "one two", "one two\n", false}, /* another line end is no other word */
        {"a\nb\nc", "a\nc\nd", "a\n[-b\n-]c\n{+d+}", true},
        {"a b\nc", "a x\nc", "[-a b\n-]{+a x\n+}c", true},
        {"x y z", "y z x", "[-x -]y z {+x+}", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_change_part *v;
        cn_err err;
        size_t n;
        assert_true(cn_text_changes(a, cn_slice_of(rows[i].before), cn_slice_of(rows[i].after), rows[i].lines, &v,
                                    &n, &err));
        same(shown(a, v, n), rows[i].expected);
    }
}

/* Whatever two texts are: without what was removed stands the later, without what was added the earlier one. */
static void test_both_sides(void **state) {
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        char texts[2][64];
        for (int t = 0; t < 2; t++) {
            size_t n = 0, words = (seed = seed * 1103515245 + 12345) >> 16 & 15;
            for (size_t w = 0; w < words; w++) {
                texts[t][n++] = (char)('a' + ((seed = seed * 1103515245 + 12345) >> 16 & 3));
                texts[t][n++] = ' ';
            }
            texts[t][n] = 0;
        }
        cn_change_part *v;
        cn_err err;
        size_t n;
        assert_true(cn_text_changes(a, cn_slice_of(texts[0]), cn_slice_of(texts[1]), false, &v, &n, &err));
        cn_buf before = cn_buf_on(a, 0), after = cn_buf_on(a, 0);
        for (size_t i = 0; i < n; i++) {
            if (v[i].kind != CN_CHANGE_ADDED) cn_buf_add(&before, v[i].text);
            if (v[i].kind != CN_CHANGE_REMOVED) cn_buf_add(&after, v[i].text);
        }
        same(cn_buf_slice(&before), texts[0]);
        same(cn_buf_slice(&after), texts[1]);
    }
}

static void test_long(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf x = cn_buf_on(a, 0), y = cn_buf_on(a, 0);
    cn_change_part *v;
    cn_err err;
    size_t n;
    for (int i = 0; i < 4000; i++) cn_buf_print(&x, "x%d ", i), cn_buf_print(&y, "y%d ", i);
    assert_true(cn_text_changes(a, cn_buf_slice(&x), cn_buf_slice(&y), false, &v, &n, &err));
    assert_int_equal(n, 2);
    assert_true(v[0].kind == CN_CHANGE_REMOVED && cn_slice_eq(v[0].text, cn_buf_slice(&x)));
    assert_true(v[1].kind == CN_CHANGE_ADDED && cn_slice_eq(v[1].text, cn_buf_slice(&y)));
}

static void test_drafts(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice one[] = {CN_S("Counts"), CN_S("Adds")}, two[] = {CN_S("Counts"), CN_S("Subtracts")};
    cn_draft before = {.en = {.name = CN_S("Sums"), .outcomes = one, .outcomes_n = 2}, .fr.name = CN_S("Sommes")},
             after = {.en = {.name = CN_S("Sums"), .outcomes = two, .outcomes_n = 2},
                      .fr = {.name = CN_S("Sommes simples"), .description = CN_S("Une")}};
    static const struct {
        const char *field, *shown;
    } expected[] = {{"name.fr", "Sommes {+simples+}"},
                    {"description.fr", "{+Une+}"},
                    {"outcomes.en", "Counts\n[-Adds-]{+Subtracts+}"}};
    cn_change *v;
    cn_err err;
    size_t n;
    assert_true(cn_app_changes(a, &before, &after, &v, &n, &err));
    assert_int_equal(n, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < n; i++) {
        same(v[i].field, expected[i].field);
        same(shown(a, v[i].v, v[i].n), expected[i].shown);
    }
    assert_true(cn_app_changes(a, &after, &after, &v, &n, &err));
    assert_int_equal(n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_both_sides),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_drafts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
