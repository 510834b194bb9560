/* SPDX-License-Identifier: Apache-2.0
 *
 * Drafts of achievements: made tidy, checked, kept.
 */
#include "../check.h"
#include "app/draft.h"

#define EACUTE "\xc3\xa9"

static cn_achievement_text text(cn_slice name, cn_slice description, cn_slice criteria) {
    return (cn_achievement_text){.name = name, .description = description, .criteria = criteria};
}

static void test_tidy(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice outcomes[] = {CN_S(" one\tline "), CN_S(" \r\n"), CN_S("two\r\nlines")};
    cn_draft given = {.en = text(CN_S("\n Java\r\nfirst \x01"), CN_S(" a\r\nb\rc\n\x07"),
                                 CN_S("* x\n\n\t code\n\n")),
                      .valid_months = 12},
             got;
    cn_err err;
    given.en.outcomes = outcomes;
    given.en.outcomes_n = 3;
    assert_true(cn_draft_tidy(a, &given, &got, &err));
    check_text(got.en.name, "Java  first");
    check_text(got.en.description, "a\nb\nc");
    check_text(got.en.criteria, "* x\n\n\t code");
    assert_int_equal(got.en.outcomes_n, 2);
    check_text(got.en.outcomes[0], "one line");
    check_text(got.en.outcomes[1], "two  lines");
    check_text(got.fr.name, "");
    assert_int_equal(got.valid_months, 12);
}

static void check(const cn_draft *d, bool publish, const char *expected) {
    cn_draft_problem problems[CN_DRAFT_PROBLEMS_MAX];
    size_t n = cn_draft_check(d, publish, problems);
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    for (size_t i = 0; i < n; i++)
        cn_buf_print(&b, "%.*s %.*s\n", CN_ARG(problems[i].field), CN_ARG(problems[i].id));
    cn_buf_byte(&b, 0);
    assert_string_equal(b.p, expected);
}

static void test_check(void **state) {
    (void)state;
    cn_draft d = {0};
    check(&d, false, "name.en missing\n");
    check(&d, true,
          "name.en missing\ndescription.en missing\ncriteria.en missing\n"
          "name.fr missing\ndescription.fr missing\ncriteria.fr missing\n");
    d.fr.name = CN_S("Nom");
    check(&d, false, "");
    d.en = text(CN_S("Name"), CN_S("d"), CN_S("c"));
    check(&d, true, "description.fr missing\ncriteria.fr missing\n");
    d.fr = d.en;
    check(&d, true, "");
    cn_slice outcomes[CN_ACHIEVEMENT_OUTCOMES_MAX + 1] = {CN_S("o")};
    d.en.outcomes = d.fr.outcomes = outcomes;
    d.en.outcomes_n = 2;
    d.fr.outcomes_n = 1;
    check(&d, false, "");
    check(&d, true, "outcomes.fr uneven\n");
    d.fr.outcomes_n = CN_ACHIEVEMENT_OUTCOMES_MAX + 1;
    check(&d, true, "outcomes.fr many\n");
    d.fr.outcomes_n = 2;
    d.valid_months = CN_ACHIEVEMENT_MONTHS_MAX;
    check(&d, true, "");
    d.valid_months++;
    check(&d, true, "months number\n");
    d.valid_months = -1;
    check(&d, false, "months number\n");
}

/* What cannot be seen, or turns the others around, would be signed and shown as something else. */
static void test_unseen(void **state) {
    static const char *const unseen[] = {"a\xe2\x80\xae"
                                         "b",
                                         "a\xe2\x81\xa6"
                                         "b",
                                         "a\xc2\x85"
                                         "b",
                                         "a\xe2\x80\xa8"
                                         "b"};
    (void)state;
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++) {
        cn_slice bad = cn_slice_of(unseen[i]), outcomes[] = {CN_S("o"), bad};
        cn_draft d = {.en = text(bad, CN_S("d"), CN_S("c")), .fr = text(CN_S("n"), bad, bad)};
        d.en.outcomes = d.fr.outcomes = outcomes;
        d.en.outcomes_n = d.fr.outcomes_n = 2;
        check(&d, false,
              "name.en control\noutcomes.en control\ndescription.fr control\ncriteria.fr control\noutcomes.fr "
              "control\n");
    }
    cn_draft d = {.en = text(CN_S("n"), CN_S("two\nlines,\ta tab"), CN_S("1\n\n2 \xf0\x9f\x8e\x93"))};
    check(&d, false, "");
}

/* Limits count characters, not bytes. Everything that can be wrong, at once. */
static void test_long(void **state) {
    (void)state;
    enum { LONG = (CN_ACHIEVEMENT_CRITERIA_MAX + 1) * 2 };
    char *many = malloc(LONG);
    assert_non_null(many);
    for (size_t i = 0; i < LONG; i++) many[i] = EACUTE[i % 2];
    cn_slice all = cn_slice_bytes(many, LONG), outcome = cn_slice_sub(all, 0, CN_ACHIEVEMENT_OUTCOME_MAX * 2 + 2);
    cn_achievement_text t = text(cn_slice_sub(all, 0, CN_ACHIEVEMENT_NAME_MAX * 2),
                                 cn_slice_sub(all, 0, CN_ACHIEVEMENT_DESCRIPTION_MAX * 2),
                                 cn_slice_sub(all, 0, CN_ACHIEVEMENT_CRITERIA_MAX * 2));
    check(&(cn_draft){.en = t, .fr = t}, true, "");
    t = text(cn_slice_sub(all, 0, t.name.n + 2), cn_slice_sub(all, 0, t.description.n + 2), all);
    t.outcomes = &outcome;
    t.outcomes_n = 1;
    check(&(cn_draft){.en = t, .fr = t, .valid_months = -1}, true,
          "name.en long\ndescription.en long\ncriteria.en long\noutcomes.en long\n"
          "name.fr long\ndescription.fr long\ncriteria.fr long\noutcomes.fr long\nmonths number\n");
    free(many);
}

static void test_kept(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice outcomes[] = {CN_S("un \"z" EACUTE "ro\""), CN_S("deux")}, written, again;
    cn_draft given = {.en = text(CN_S("N"), CN_S("a\nb"), CN_S("**c**")),
                      .fr = text(CN_S(""), CN_S(""), CN_S("")),
                      .valid_months = 24},
             got;
    cn_err err;
    given.fr.outcomes = outcomes;
    given.fr.outcomes_n = 2;
    assert_true(cn_draft_write(a, &given, &written, &err));
    assert_true(cn_draft_read(a, written, &got, &err));
    check_text(got.en.name, "N");
    check_text(got.en.description, "a\nb");
    check_text(got.en.criteria, "**c**");
    assert_int_equal(got.en.outcomes_n, 0);
    assert_int_equal(got.fr.outcomes_n, 2);
    assert_true(cn_slice_eq(got.fr.outcomes[0], outcomes[0]));
    assert_int_equal(got.valid_months, 24);
    assert_true(cn_draft_write(a, &got, &again, &err));
    assert_true(cn_slice_eq(written, again));
    assert_false(cn_draft_read(a, CN_S("{"), &got, &err));
    check_err(err, CN_INTERNAL, "achievement.stored");
}

static void test_memory(void **state) {
    (void)state;
    cn_slice outcomes[] = {CN_S("o")};
    cn_draft given = {.en = text(CN_S("N"), CN_S("a\nb"), CN_S("**c**")), .valid_months = 24}, tidy, got;
    given.en.outcomes = outcomes;
    given.en.outcomes_n = 1;
    bool done = false;
    for (size_t i = 1; !done; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_slice written;
        cn_err err;
        assert_true(i < 100);
        cn_arena_fail_after(a, i);
        done = cn_draft_tidy(a, &given, &tidy, &err) && cn_draft_write(a, &tidy, &written, &err) &&
               cn_draft_read(a, written, &got, &err);
        if (!done) check_err(err, CN_LIMIT, "memory.limit");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tidy), cmocka_unit_test(test_check), cmocka_unit_test(test_unseen),
        cmocka_unit_test(test_long), cmocka_unit_test(test_kept),  cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
