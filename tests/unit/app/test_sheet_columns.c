/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of a header line, and cells by what they are for.
 */
#include "../check.h"
#include "app/sheet.h"

typedef struct found {
    cn_sheet sheet;
    cn_columns columns;
} found;

static found find(cn_arena *a, cn_slice bytes) {
    found f;
    cn_err err;
    assert_true(cn_sheet_read(a, bytes, &f.sheet, &err));
    assert_true(cn_columns_find(a, &f.sheet, &f.columns, &err));
    return f;
}

/* Every column of the header is for the field of its position. */
static void check_fields(cn_slice header, const cn_sheet_field *fields, size_t n) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    found f = find(a, header);
    assert_int_equal(f.columns.n, n);
    for (size_t i = 0; i < n; i++)
        if (f.columns.at[fields[i]] != i)
            fail_msg("column %zu of \"%.*s\" is not for %s", i, CN_ARG(header), cn_sheet_field_word(fields[i]).p);
    assert_int_equal(f.columns.unknown_n, 0);
    assert_int_equal(f.columns.twice_n, 0);
    assert_int_equal(f.columns.missing_n, 0);
}

static void test_words(void **state) {
    (void)state;
    static const cn_sheet_field all[] = {CN_FIELD_KEY,      CN_FIELD_NAME,     CN_FIELD_EMAIL, CN_FIELD_LANGUAGE,
                                         CN_FIELD_RESULT,   CN_FIELD_DECISION, CN_FIELD_DATE,  CN_FIELD_METHOD,
                                         CN_FIELD_ASSESSOR, CN_FIELD_EVIDENCE};
    check_fields(
        CN_S("Student Number,Name,E-mail,Language,Result,Decision,Assessed on,Method,Assessor,Evidence\n"), all,
        10);
    check_fields(CN_S("Numéro d’étudiant;Nom;Courriel;Langue;Résultat;Décision;Date d'évaluation;Méthode;"
                      "Évaluatrice;Preuve\n"),
                 all, 10);
    check_fields(CN_S("NUMERO ETUDIANT;nom_complet;ADRESSE COURRIEL;langue;note (sur 100);decision;date;methode;"
                      "evaluateur;lien\n"),
                 all, 10);
    check_fields(CN_S("Matricule\tNom (tel qu'il doit paraître)\tMail\tLang\tCote\tDécision\tÉvalué le\t"
                      "Mode d'évaluation\tÉvalué par\tLien vers la preuve\n"),
                 all, 10);
}

static void test_what_a_key_is_called(void **state) {
    (void)state;
    static const cn_sheet_field fields[] = {CN_FIELD_KEY, CN_FIELD_NAME, CN_FIELD_EMAIL};
    static const char *const keys[] = {
        "Numéro",        "NUMERO", "No",         "N°",  "Nº",        "no.",  "Matricule",     "Code permanent",
        "Student ID",    "ID",     "Student_ID", "Id.", "Reference", "Réf.", "N° d'étudiant", "Student No.",
        "Participant ID"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char header[100];
        (void)snprintf(header, sizeof header, "%s;Name;E-mail\n", keys[i]);
        check_fields(cn_slice_of(header), fields, 3);
    }
}

/* A count of the rows is no second student number. */
static void test_a_weak_word_gives_way(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    found f = find(a, CN_S("No,Matricule,Nom,Courriel personnel,Courriel\n"));
    assert_int_equal(f.columns.at[CN_FIELD_KEY], 1);
    assert_int_equal(f.columns.at[CN_FIELD_EMAIL], 4);
    assert_int_equal(f.columns.twice_n, 0);
    assert_int_equal(f.columns.unknown_n, 2);
    f = find(a, CN_S("No,ID,Nom,Courriel personnel\n"));
    assert_int_equal(f.columns.at[CN_FIELD_KEY], 0);
    assert_int_equal(f.columns.at[CN_FIELD_EMAIL], 3);
    assert_int_equal(f.columns.twice_n, 1);
}

static void test_two_names(void **state) {
    (void)state;
    static const cn_sheet_field french[] = {CN_FIELD_KEY, CN_FIELD_GIVEN, CN_FIELD_FAMILY, CN_FIELD_EMAIL};
    static const cn_sheet_field english[] = {CN_FIELD_FAMILY, CN_FIELD_GIVEN, CN_FIELD_KEY, CN_FIELD_EMAIL};
    check_fields(CN_S("Code permanent;Prénom;Nom;Courriel\n"), french, 4);
    check_fields(CN_S("Last name,First name,ID,Email\n"), english, 4);
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    found f =
        find(a, CN_S("id,first name,name,e-mail\n1, Zoé ,\" Roy\u00a0\",z@x.test\n2,Cher,,c@x.test\n3,,,\n"));
    cn_slice name;
    assert_true(cn_columns_name(a, &f.columns, &f.sheet, 1, &name));
    check_text(name, "Zoé Roy");
    assert_true(cn_columns_name(a, &f.columns, &f.sheet, 2, &name));
    check_text(name, "Cher");
    assert_true(cn_columns_name(a, &f.columns, &f.sheet, 3, &name));
    check_text(name, "");
    f = find(a, CN_S("id,name,e-mail\n1,\u00a0 Zoé\u00a0Roy \u00a0,z@x.test\n"));
    assert_true(cn_columns_name(a, &f.columns, &f.sheet, 1, &name));
    check_text(name, "Zoé\u00a0Roy");
}

static void test_missing(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_columns c = find(a, CN_S("result,date\n")).columns;
    assert_int_equal(c.missing_n, 3);
    assert_int_equal(c.missing[0], CN_FIELD_KEY);
    assert_int_equal(c.missing[1], CN_FIELD_NAME);
    assert_int_equal(c.missing[2], CN_FIELD_EMAIL);
    c = find(a, CN_S("id,prénom,courriel\n")).columns;
    assert_int_equal(c.missing_n, 1);
    assert_int_equal(c.missing[0], CN_FIELD_FAMILY);
    c = find(a, CN_S("id,surname,email\n")).columns;
    assert_int_equal(c.missing_n, 1);
    assert_int_equal(c.missing[0], CN_FIELD_GIVEN);
}

static void test_unknown_and_twice(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    found f = find(a, CN_S("id,name,Telephone,,email,Courriel,Telephone,,\n1,n,555,,e,f,555,,\n1,n,,,,,,,x\n"));
    assert_int_equal(f.columns.n, 7);
    assert_int_equal(f.columns.unknown_n, 3);
    assert_int_equal(f.columns.unknown[0], 2);
    assert_int_equal(f.columns.unknown[1], 3);
    assert_int_equal(f.columns.unknown[2], 6);
    assert_int_equal(f.columns.twice_n, 1);
    assert_int_equal(f.columns.twice[0], 5);
    assert_int_equal(f.columns.at[CN_FIELD_EMAIL], 4);
    assert_false(cn_columns_overflow(&f.columns, &f.sheet, 1));
    assert_true(cn_columns_overflow(&f.columns, &f.sheet, 2));
    check_text(cn_columns_cell(&f.columns, &f.sheet, 1, CN_FIELD_EMAIL), "e");
    check_text(cn_columns_cell(&f.columns, &f.sheet, 1, CN_FIELD_RESULT), "");
    f = find(a, CN_S("nom,name\n"));
    assert_int_equal(f.columns.twice_n, 1);
}

static void test_field_words(void **state) {
    (void)state;
    check_text(cn_sheet_field_word(CN_FIELD_KEY), "key");
    check_text(cn_sheet_field_word(CN_FIELD_FAMILY), "family");
    check_text(cn_sheet_field_word(CN_FIELD_EVIDENCE), "evidence");
}

static void test_memory(void **state) {
    (void)state;
    cn_arena *b CN_ARENA_AUTO = cn_arena_new(0);
    cn_sheet s;
    cn_err err;
    assert_true(cn_sheet_read(b, CN_S("id,name\n"), &s, &err));
    for (size_t n = 1;; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_columns c;
        cn_arena_fail_after(a, n);
        if (cn_columns_find(a, &s, &c, &err)) break;
        check_err(err, CN_LIMIT, "memory.limit");
        assert_true(n < 1000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_two_names),
        cmocka_unit_test(test_what_a_key_is_called),
        cmocka_unit_test(test_a_weak_word_gives_way),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_unknown_and_twice),
        cmocka_unit_test(test_field_words),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("app sheet_columns", tests, NULL, NULL);
}
