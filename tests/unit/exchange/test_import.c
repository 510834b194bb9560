/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"
#include "exchange/import.h"

static cn_import *begin(const char *id) {
    return cn_import_new(&(cn_import_options){.id = cn_slice_of(id)});
}

static void add(cn_import *im, const char *name, cn_slice bytes) {
    cn_err err = {0};
    if (!cn_import_add(im, cn_slice_of(name), bytes, &err)) fail_msg("%s: %s (%s)", name, err.detail, err.where);
}

static const cn_import_framework *finish(cn_import *im) {
    const cn_import_framework *f = NULL;
    cn_err err = {0};
    if (!cn_import_finish(im, &f, &err)) fail_msg("%s", err.detail);
    return f;
}

static void refused(const char *name, cn_slice bytes, cn_code code, const char *id, const char *where) {
    cn_import *im CN_IMPORT_AUTO = begin("https://example.org/f");
    cn_err err = {0};
    assert_false(cn_import_add(im, cn_slice_of(name), bytes, &err));
    check_err(err, code, id);
    assert_string_equal(err.where, where);
}

#define CONCEPTS "conceptType,conceptUri,preferredLabel,altLabels,status\n"
#define SKILL(n, label, other) "KnowledgeSkillCompetence,http://e.example/" n "," label "," other ",released\n"

static void the_first_file_that_says_a_text_counts(void **state) {
    (void)state;
    cn_import *im CN_IMPORT_AUTO = begin("");
    add(im, "skills_en.csv", CN_S(CONCEPTS SKILL("1", "one", "")));
    add(im, "a_fr.csv",
        CN_S("conceptUri,preferredLabel,altLabels\nhttp://e.example/1,un,\nhttp://e.example/2,,x\n"));
    add(im, "b_fr.csv",
        CN_S("conceptUri,preferredLabel,altLabels\nhttp://e.example/1,une,unique\n"
             "http://e.example/2,deux,\n"));
    const cn_import_framework *f = finish(im);
    assert_int_equal(f->kind, CN_IMPORT_ESCO);
    assert_int_equal(f->items_n, 2);
    check_text(f->items[0].text[CN_IMPORT_LABEL], "one");
    check_text(f->items[0].text[CN_IMPORT_LABEL_FR], "un");
    check_text(f->items[0].text[CN_IMPORT_ALTERNATIVES_FR], "");
    check_text(f->items[1].text[CN_IMPORT_LABEL_FR], "deux");
    assert_true(f->items[0].list);
    assert_false(f->items[1].list);
    assert_int_equal(f->item_lists, f->items[0].list);
    assert_false(f->items[1].says & 1U << CN_IMPORT_LABEL);
}

static void other_labels_come_by_lines_or_bars_each_once(void **state) {
    (void)state;
    cn_import *im CN_IMPORT_AUTO = begin("");
    add(im, "skills_en.csv",
        CN_S(CONCEPTS SKILL("1", "one", "\"uno\nOne\n uno \n\neins\"") SKILL("2", "two", "due | two|zwei")));
    const cn_import_framework *f = finish(im);
    check_text(f->items[0].text[CN_IMPORT_ALTERNATIVES], "uno\neins");
    check_text(f->items[1].text[CN_IMPORT_ALTERNATIVES], "due\nzwei");
}

static void relations_join_items_by_their_places(void **state) {
    (void)state;
    cn_import *im CN_IMPORT_AUTO = begin("");
    add(im, "r.csv",
        CN_S("occupationUri,relationType,skillType,skillUri\nhttp://e.example/o,essential,,"
             "http://e.example/1\nhttp://e.example/o,optional,,http://e.example/2\n"));
    const cn_import_framework *f = finish(im);
    assert_int_equal(f->relations_n, 2);
    assert_int_equal(f->relations[0].how, CN_IMPORT_ESSENTIAL);
    assert_int_equal(f->relations[1].how, CN_IMPORT_OPTIONAL);
    check_text(f->items[f->relations[1].from].uri, "http://e.example/o");
    check_text(f->items[f->relations[1].to].uri, "http://e.example/2");
    assert_int_equal(f->items[f->relations[0].from].degree, 2);
    assert_int_equal(f->item_lists, 0);
    assert_int_not_equal(f->relation_lists, 0);
}

static void a_list_says_only_what_it_has_columns_for(void **state) {
    (void)state;
    cn_import *im CN_IMPORT_AUTO = begin("https://example.org/f/");
    add(im, "l.csv", CN_S("Code;Label EN;Parent\na b;B\xc3\xa9ton;\nc;C;a b\n"));
    const cn_import_framework *f = finish(im);
    assert_int_equal(f->kind, CN_IMPORT_CSV);
    check_text(f->items[0].uri, "https://example.org/f/a%20b");
    assert_int_equal(f->items[0].says,
                     1U << CN_IMPORT_LABEL | 1U << CN_IMPORT_ALTERNATIVES | 1U << CN_IMPORT_CODE);
    assert_int_equal(f->relations_n, 1);
    assert_int_equal(f->relations[0].from, 1);
    assert_int_equal(f->relations[0].to, 0);
}

static void a_table_may_come_in_any_pieces(void **state) {
    (void)state;
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_buf_add(&b, CN_S("\xef\xbb\xbf"
                        "code,label\r\n"));
    for (int i = 0; i < 20000; i++) cn_buf_print(&b, "%d,\"a \"\"label\"\", %d\nof two lines\"\r\n", i, i);
    cn_import *im CN_IMPORT_AUTO = begin("https://example.org/f");
    add(im, "l.csv", cn_buf_slice(&b));
    const cn_import_framework *f = finish(im);
    assert_int_equal(f->items_n, 20000);
    check_text(f->items[19999].text[CN_IMPORT_LABEL], "a \"label\", 19999\nof two lines");
    cn_buf_add(&b, CN_S("1,\"x\"y\n"));
    refused("l.csv", cn_buf_slice(&b), CN_INVALID, "import.quote", "l.csv: line 40002, column 2");
}

#define CIP_EN "Level,Hierarchical structure,Code,Parent,Class title,Superscript,Class definition\n"
#define CIP_FR                                                                                                    \
    "Niveau,Structure hi\u00e9rarchique,Code,Parent ,Titres de classes,Sup\u00e9rieurs,D\u00e9finitions de la "   \
    "classe\n"
#define CIP_URI "https://www.statcan.gc.ca/en/subjects/standard/cip/2021/index#"

static void cip_has_codes_of_two_four_and_six_digits_in_both_languages(void **state) {
    (void)state;
    cn_import *im CN_IMPORT_AUTO = begin("");
    add(im, "cip_en.csv",
        CN_S(CIP_EN "1,Series,01.,,Agriculture,,About it\n2,Subseries,01.10,01.,Food,,\n"
                    "3,Class,01.1002,01.10,Food technology,CAN,\n"));
    add(im, "cip_fr.csv",
        CN_S(CIP_FR "1,S\u00e9rie,01.,,L\u2019agriculture,,\n2,Sous-s\u00e9rie,01.10,01.,Les aliments,,\n"
                    "3,Classe,01.1002,01.10,Technologie des aliments,,\n"));
    const cn_import_framework *f = finish(im);
    assert_int_equal(f->kind, CN_IMPORT_CIP);
    check_text(f->about[CN_IMPORT_TITLE_FR],
               "Classification des programmes d\u2019enseignement (CPE) Canada 2021");
    static const char *const codes[] = {"01", "01.10", "01.1002"},
                             *const types[] = {"series", "subseries", "class"},
                             *const fr[] = {"L\u2019agriculture", "Les aliments", "Technologie des aliments"};
    assert_int_equal(f->items_n, 3);
    for (size_t i = 0; i < 3; i++) {
        cn_slice uri;
        cn_err err;
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        assert_true(cn_import_class_uri(a, CN_IMPORT_CIP, cn_slice_of(codes[i]), &uri, &err));
        assert_true(cn_slice_eq(f->items[i].uri, uri));
        assert_true(cn_slice_eq(f->items[i].text[CN_IMPORT_CODE], cn_slice_of(codes[i])));
        assert_true(cn_slice_eq(f->items[i].text[CN_IMPORT_TYPE], cn_slice_of(types[i])));
        assert_true(cn_slice_eq(f->items[i].text[CN_IMPORT_LABEL_FR], cn_slice_of(fr[i])));
        assert_true(f->items[i].list);
    }
    check_text(f->items[0].text[CN_IMPORT_DESCRIPTION], "About it");
    check_text(f->items[2].text[CN_IMPORT_LABEL], "Food technology");
    assert_int_equal(f->relations_n, 2);
    for (uint32_t i = 0; i < 2; i++)
        assert_true(f->relations[i].from == i + 1 && f->relations[i].to == i &&
                    f->relations[i].how == CN_IMPORT_BROADER);
}

static void cip_as_a_spreadsheet_saved_it_and_in_both_languages_at_once(void **state) {
    (void)state;
    cn_import *im CN_IMPORT_AUTO = begin("");
    add(im, "cip.csv",
        CN_S(
            "\xef\xbb\xbfLevel/Niveau;Hierarchical structure;Structure hi\u00e9rarchique;Code;Parent ;Class title;"
            "Titres de classes\n1;Primary groupings;Regroupements principaux;11;;Agriculture;Agriculture\n"
            "2;Series;S\u00e9ries;1;11;Agriculture;Agriculture\n3;Subseries;Sous-s\u00e9rie;1.1;1;Food;Aliments\n"
            "4;Class;Classe;1.1002;1.1;Food technology;Technologie\n"));
    const cn_import_framework *f = finish(im);
    assert_int_equal(f->items_n, 3);
    check_text(f->items[0].uri, CIP_URI "01");
    check_text(f->items[1].uri, CIP_URI "01.10");
    check_text(f->items[2].uri, CIP_URI "01.1002");
    check_text(f->items[2].text[CN_IMPORT_LABEL], "Food technology");
    check_text(f->items[2].text[CN_IMPORT_LABEL_FR], "Technologie");
    assert_int_equal(f->relations_n, 2);
}

static void what_is_no_cip_has_its_place(void **state) {
    (void)state;
    refused("naics.csv", CN_S(CIP_EN "1,Sector,23,,Construction,,\n"), CN_INVALID, "import.shape",
            "naics.csv: line 2, column 2");
    static const char *const wrong[] = {"1,Series,001,,A",     "1,Series,01.1,,A",   "2,Subseries,01.101,,A",
                                        "3,Class,01.10023,,A", "3,Class,a1.1002,,A", "3,Class,01.10 2,,A",
                                        "3,Class,.1002,,A",    "3,Class,01.10.2,,A", "3,Class,-1.1002,,A"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[300];
        (void)snprintf(text, sizeof text, "%s%s,,\n", CIP_EN, wrong[i]);
        refused("cip.csv", cn_slice_of(text), CN_INVALID, "import.code", "cip.csv: line 2, column 3");
    }
    refused("cip.csv", CN_S(CIP_EN "1,Series,,,A,,\n"), CN_INVALID, "import.column", "cip.csv: line 2, column 3");
    refused("cip.csv", CN_S(CIP_EN "1,Series,01.,,,,\n"), CN_INVALID, "import.column",
            "cip.csv: line 2, column 5");
}

static void what_is_wrong_has_its_place(void **state) {
    (void)state;
    refused("skills_en.csv", CN_S(CONCEPTS "Skill,http://e.example/1,a,,released\n"), CN_INVALID, "import.column",
            "skills_en.csv: line 2, column 1");
    refused("skills_en.csv", CN_S(CONCEPTS "KnowledgeSkillCompetence,no uri,a,,released\n"), CN_INVALID,
            "import.uri", "skills_en.csv: line 2, column 2");
    refused("noc.csv",
            CN_S("Level,Hierarchical structure,Code - NOC 2021 V1.0,Class title,Class definition\n"
                 "5,Unit Group,123456,A,B\n"),
            CN_INVALID, "import.code", "noc.csv: line 2, column 3");
    refused("noc.csv",
            CN_S("Level,Hierarchical structure,Code - NOC 2021 V1.0,Class title,Class definition\n"
                 "6,Unit Group,1,A,B\n"),
            CN_INVALID, "import.code", "noc.csv: line 2, column 1");
    refused("l.csv",
            CN_S("\xff\xfe"
                 "c\0"),
            CN_INVALID, "import.encoding", "l.csv: line 1");
    refused("l.csv", CN_S("code,label\n1,a\0b\n"), CN_INVALID, "import.encoding", "l.csv: line 2, column 2");
    refused("folder/l.json", CN_S("[1, 2"), CN_INVALID, "json.syntax", "l.json: byte 5 (line 1, column 6)");
    refused("l.json", CN_S("{\"a\": 1}"), CN_INVALID, "import.json", "l.json");
    refused("l.zip", CN_S("PK\x03\x04 and no more"), CN_INVALID, "import.zip", "l.zip");
    refused("l.gz", CN_S("\x1f\x8b and no more"), CN_INVALID, "import.gzip", "l.gz");
}

static void too_much_is_refused(void **state) {
    (void)state;
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_buf_add(&b, CN_S("code,label\n1,\""));
    for (int i = 0; i < 40000; i++) cn_buf_add(&b, CN_S("a very long cell of one row, "));
    refused("l.csv", cn_buf_slice(&b), CN_LIMIT, "import.row", "l.csv: line 2, column 2");
    cn_buf_clear(&b);
    cn_buf_add(&b, CN_S("code,label\n1"));
    for (int i = 0; i < 64; i++) cn_buf_byte(&b, ',');
    cn_buf_add(&b, CN_S("\n"));
    refused("l.csv", cn_buf_slice(&b), CN_LIMIT, "import.columns", "l.csv: line 2, column 65");
}

static void nothing_is_no_framework(void **state) {
    (void)state;
    cn_import *im CN_IMPORT_AUTO = begin("");
    const cn_import_framework *f;
    cn_err err = {0};
    assert_false(cn_import_finish(im, &f, &err));
    check_err(err, CN_INVALID, "import.empty");
}

static void kinds_have_words(void **state) {
    (void)state;
    for (int i = CN_IMPORT_ESCO; i < CN_IMPORT_KINDS; i++) {
        cn_import_kind kind = CN_IMPORT_NONE;
        assert_true(cn_import_kind_find(cn_import_kind_word((cn_import_kind)i), &kind));
        assert_int_equal(kind, i);
    }
    cn_import_kind kind;
    assert_false(cn_import_kind_find(CN_S(""), &kind));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_file_that_says_a_text_counts),
        cmocka_unit_test(other_labels_come_by_lines_or_bars_each_once),
        cmocka_unit_test(relations_join_items_by_their_places),
        cmocka_unit_test(a_list_says_only_what_it_has_columns_for),
        cmocka_unit_test(a_table_may_come_in_any_pieces),
        cmocka_unit_test(cip_has_codes_of_two_four_and_six_digits_in_both_languages),
        cmocka_unit_test(cip_as_a_spreadsheet_saved_it_and_in_both_languages_at_once),
        cmocka_unit_test(what_is_no_cip_has_its_place),
        cmocka_unit_test(what_is_wrong_has_its_place),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(nothing_is_no_framework),
        cmocka_unit_test(kinds_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
