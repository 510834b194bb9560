/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"
#include "cli/privacy_report.h"
#include "json/json.h"
#include "store/privacy.h"

static cn_slice written(cn_arena *a, cn_language language) {
    cn_buf out = cn_buf_on(a, 0);
    cn_err err = {0};
    if (!cn_privacy_report(a, language, "1.2.3", &out, &err)) fail_msg("%s", err.detail);
    return cn_buf_slice(&out);
}

/* A column that web/locale/privacy.*.po does not name, or a word that they do not explain, fails here. */
static void every_personal_column_is_told_in_both_languages(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    (void)state;
    for (cn_language language = CN_EN; language < CN_LANGUAGES; language++) {
        cn_slice text = written(a, language);
        for (size_t i = 0; i < cn_privacy_columns_n; i++) {
            const cn_privacy_column *c = &cn_privacy_columns[i];
            cn_slice wanted;
            assert_true(
                cn_arena_print(a, &wanted, c->purpose == CN_PURPOSE_NONE ? "`%s`" : "(`%s`) | ", c->column));
            bool told = cn_slice_find(text, wanted) != SIZE_MAX || c->purpose == CN_PURPOSE_NONE;
            if (!told) fail_msg("%s.%s is not told", c->table, c->column);
            assert_true(cn_arena_print(a, &wanted, "`%s`", c->table));
            assert_true(cn_slice_find(text, wanted) != SIZE_MAX);
        }
    }
}

/* Words for a column that is there no more are a mistake too. */
static void no_word_is_of_a_column_that_is_not_there(void **state) {
    static const cn_slice family = CN_S_INIT("privacy.data.");
    (void)state;
    for (size_t m = 0; m < cn_messages.n; m++) {
        cn_slice key = cn_slice_of(cn_messages.keys[m]), table, column;
        if (!cn_slice_starts(key, family)) continue;
        bool there = false;
        assert_true(cn_slice_cut(cn_slice_from(key, family.n), '.', &table, &column));
        for (size_t i = 0; i < cn_privacy_columns_n && !there; i++)
            there = cn_privacy_columns[i].purpose != CN_PURPOSE_NONE &&
                    cn_slice_eq(table, cn_slice_of(cn_privacy_columns[i].table)) &&
                    cn_slice_eq(column, cn_slice_of(cn_privacy_columns[i].column));
        if (!there) fail_msg("%s: the database has no such personal column", cn_messages.keys[m]);
    }
}

static void a_report_is_in_one_language(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    (void)state;
    cn_slice en = written(a, CN_EN), fr = written(a, CN_FR);
    assert_true(cn_slice_starts(en, CN_S("# Personal information in Cairn 1.2.3\n\n")));
    assert_true(cn_slice_starts(fr, CN_S("# Les renseignements personnels dans Cairn 1.2.3\n\n")));
    assert_true(
        cn_slice_find(en, CN_S("| Name, as it stands in the credential (`name`) | award | the person, members, "
                               "whoever is shown it | as the schedule says |\n")) != SIZE_MAX);
    assert_true(
        cn_slice_find(
            fr,
            CN_S("| Nom, tel qu\u2019il figure dans le justificatif (`name`) | justificatif d\u00e9cern\u00e9 | "
                 "la personne, membres, qui se le fait montrer | selon le calendrier |\n")) != SIZE_MAX);
    const char *const english[] = {"Who may", "How long", "Not personal", "whoever", "credential", "kept"};
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        assert_true(cn_slice_find(fr, cn_slice_of(english[i])) == SIZE_MAX);
}

static void programs_read_the_same(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_language languages[] = {CN_EN, CN_FR};
    cn_buf out = cn_buf_on(a, 0);
    const cn_json *root;
    cn_err err = {0};
    (void)state;
    assert_true(cn_privacy_report_json(a, languages, 2, "1.2.3", &out, &err));
    assert_true(cn_json_read(a, cn_buf_slice(&out), NULL, &root, &err));
    const cn_json *columns = cn_json_get(root, CN_S("columns"));
    assert_int_equal(cn_json_count(columns), cn_privacy_columns_n);
    for (size_t i = 0; i < cn_privacy_columns_n; i++) {
        const cn_json *c = cn_json_item(columns, i);
        assert_true(cn_json_is_string(cn_json_get(c, CN_S("table")), cn_slice_of(cn_privacy_columns[i].table)));
        assert_true(cn_json_is_string(cn_json_get(c, CN_S("column")), cn_slice_of(cn_privacy_columns[i].column)));
        if (cn_privacy_columns[i].purpose == CN_PURPOSE_NONE) continue;
        cn_slice purpose = cn_json_get_text(c, CN_S("purpose")), keep = cn_json_get_text(c, CN_S("retention"));
        assert_non_null(cn_json_get(cn_json_get(root, CN_S("purposes")), purpose));
        assert_non_null(cn_json_get(cn_json_get(root, CN_S("retention")), keep));
        assert_int_equal(cn_json_count(cn_json_get(c, CN_S("holds"))), 2);
        assert_true(cn_json_count(cn_json_get(c, CN_S("readers"))) > 0);
    }
}

static void no_memory_is_a_limit(void **state) {
    const cn_language languages[] = {CN_EN};
    bool done = false;
    (void)state;
    for (size_t n = 1; !done; n += 97) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_buf out = cn_buf_on(NULL, 0);
        cn_err err = {0};
        cn_arena_fail_after(a, n);
        done = cn_privacy_report_json(a, languages, 1, "1", &out, &err);
        if (!done) check_err(err, CN_LIMIT, "memory.limit");
        cn_buf_done(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_personal_column_is_told_in_both_languages),
        cmocka_unit_test(no_word_is_of_a_column_that_is_not_there),
        cmocka_unit_test(a_report_is_in_one_language),
        cmocka_unit_test(programs_read_the_same),
        cmocka_unit_test(no_memory_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
