/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading CSV: encodings, separators, quotes, lines; what is no CSV; limits.
 */
#include "../check.h"
#include "app/sheet.h"

/* What was read, a line a row: "LINE:cell|cell". */
static void check_rows(cn_slice bytes, cn_slice expected) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_sheet s;
    cn_err err;
    if (!cn_sheet_read(a, bytes, &s, &err)) fail_msg("refused: %s (%s)", err.id, err.detail);
    for (size_t i = 0; i < s.n; i++) {
        cn_buf_print(&b, "%s%u:", i ? "\n" : "", (unsigned)s.rows[i].line);
        for (size_t k = 0; k < s.rows[i].cells; k++)
            cn_buf_print(&b, "%s%.*s", k ? "|" : "", CN_ARG(cn_sheet_cell(&s, i, k)));
        check_text(cn_sheet_cell(&s, i, s.rows[i].cells), "");
    }
    if (!cn_slice_eq(cn_buf_slice(&b), expected))
        fail_msg("read:\n%.*s\nexpected:\n%.*s", CN_ARG(cn_buf_slice(&b)), CN_ARG(expected));
}

static void check_refused(cn_slice bytes, cn_code code, const char *id, size_t line) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_sheet s;
    cn_err err;
    if (cn_sheet_read(a, bytes, &s, &err)) fail_msg("accepted, where %s was expected", id);
    check_err(err, code, id);
    assert_int_equal(cn_sheet_err_line(&err), line);
}

static cn_sheet_encoding encoding_of(cn_arena *a, cn_slice bytes, cn_slice second_row) {
    cn_sheet s;
    cn_err err;
    if (!cn_sheet_read(a, bytes, &s, &err)) fail_msg("refused: %s (%s)", err.id, err.detail);
    assert_int_equal(s.n, 2);
    assert_true(cn_slice_eq(cn_sheet_cell(&s, 1, 0), second_row));
    return s.encoding;
}

static void test_lines(void **state) {
    (void)state;
    check_rows(CN_S("a,b\r\n1,2\r\n3,4\r\n"), CN_S("1:a|b\n2:1|2\n3:3|4"));
    check_rows(CN_S("a,b\n1,2\n3,4"), CN_S("1:a|b\n2:1|2\n3:3|4"));
    check_rows(CN_S("a,b\r1,2\r3,4\r"), CN_S("1:a|b\n2:1|2\n3:3|4"));
    check_rows(CN_S("\n\r\na\n\n\r\n1\n\n\n"), CN_S("3:a\n6:1"));
    check_rows(CN_S("a,b\n,,\n \t , \n\"\",\"\"\n1\n,,,\n"), CN_S("1:a|b\n5:1"));
    check_rows(CN_S("a,b\n1\n2,3,4\n5,\n"), CN_S("1:a|b\n2:1\n3:2|3|4\n4:5|"));
}

static void check_strays(void) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_sheet s;
    cn_err err;
    assert_true(cn_sheet_read(a, CN_S("a,b\n1,b \"c\" d\n\"2\",3\"\n4,5\n"), &s, &err));
    assert_int_equal(s.n, 4);
    const uint32_t strays[] = {0, 2, 1, 0};
    for (size_t i = 0; i < 4; i++) assert_int_equal(s.rows[i].strays, strays[i]);
}

static void test_quotes(void **state) {
    (void)state;
    check_rows(CN_S("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n"), CN_S("1:a|b\n2:x, y|he said \"no\""));
    check_rows(CN_S("a,b\n\"one\r\ntwo\nthree\rfour\",2\n3,4\n"),
               CN_S("1:a|b\n2:one\r\ntwo\nthree\rfour|2\n6:3|4"));
    check_rows(CN_S("\"a\nb\",c\n\n1,\"2\"\n"), CN_S("1:a\nb|c\n4:1|2"));
    check_rows(CN_S("a,b\n  x y\t, \" z \" \n"), CN_S("1:a|b\n2:x y| z "));
    check_rows(CN_S("a\n\"\"\"\"\n\"1\""), CN_S("1:a\n2:\"\n3:1"));
    /* In a cell that does not stand in quotation marks one is taken as it is: where the row ends is known. */
    check_rows(CN_S("a,b\n1,b \"c\" d\n2\",\"e\"\n"), CN_S("1:a|b\n2:1|b \"c\" d\n3:2\"|e"));
    check_strays();
    check_refused(CN_S("a\n\"b\" c\n"), CN_INVALID, "sheet.quote", 2);
    check_refused(CN_S("a,b\n1,\"2\n3,4\n5,\"6\"\n"), CN_INVALID, "sheet.quote", 4);
}

static void test_quote_left_open(void **state) {
    (void)state;
    check_refused(CN_S("a,b\n1,\"2\n3,4\n5,6\n"), CN_INVALID, "sheet.quote-open", 2);
    check_refused(CN_S("a,b\n\"x\ny\",\"z\n3,4\n"), CN_INVALID, "sheet.quote-open", 3);
    check_refused(CN_S("a,b\n\"x\ny\",\"z\",\"\n\n"), CN_INVALID, "sheet.quote-open", 3);
    check_refused(CN_S("a\n\"one\"\n\"two\r\n"), CN_INVALID, "sheet.quote-open", 3);
    check_refused(CN_S("\""), CN_INVALID, "sheet.quote-open", 1);
}

/* The error tells where the cell began. */
static void test_where_the_cell_began(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_sheet s;
    cn_err err;
    assert_false(cn_sheet_read(a, CN_S("a,b\n1,\"2\n3,4\n5,\"6\"\n"), &s, &err));
    assert_non_null(strstr(err.detail, "began on line 2"));
}

static void test_separators(void **state) {
    (void)state;
    check_rows(CN_S("a;b;c\n1,5;2;3\n"), CN_S("1:a|b|c\n2:1,5|2|3"));
    check_rows(CN_S("a\tb\n1\t2,3;4\n"), CN_S("1:a|b\n2:1|2,3;4"));
    check_rows(CN_S("\n\"x;;;;\n;\",b,c\n1,2,3;\n"), CN_S("2:x;;;;\n;|b|c\n4:1|2|3;"));
    check_rows(CN_S("name\nRoy\n"), CN_S("1:name\n2:Roy"));
    check_rows(CN_S("sep=;\r\na,b;c\r\n1;2\r\n"), CN_S("2:a,b|c\n3:1|2"));
    check_rows(CN_S("SEP=,\na;b;c,d\n"), CN_S("2:a;b;c|d"));
    check_rows(CN_S("sep=x\n1\n"), CN_S("1:sep=x\n2:1"));
    check_rows(CN_S("a\t\tb\n\t\tc\n"), CN_S("1:a||b\n2:||c"));
}

static void test_encodings(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    assert_int_equal(encoding_of(a, CN_S("nom\nM\xc3\xa9lanie\n"), CN_S("M\xc3\xa9lanie")), CN_SHEET_UTF8);
    assert_int_equal(encoding_of(a, CN_S("\xef\xbb\xbfnom\nM\xc3\xa9lanie\n"), CN_S("M\xc3\xa9lanie")),
                     CN_SHEET_UTF8);
    assert_int_equal(encoding_of(a, CN_S("nom\nM\xe9lanie \x80\x9c\n"), CN_S("Mélanie €œ")),
                     CN_SHEET_WINDOWS_1252);
    /* A capital and a no-break space are UTF-8 by accident. */
    assert_int_equal(encoding_of(a, CN_S("nom\n\xc9lo\xefse: CAF\xc9\xa0!\n"), CN_S("Éloïse: CAFÉ\u00a0!")),
                     CN_SHEET_WINDOWS_1252);
    assert_int_equal(encoding_of(a, CN_S("\xff\xfe\x6e\0\x0d\0\x0a\0\xe9\0\x3d\xd8\x00\xde"), CN_S("é😀")),
                     CN_SHEET_UTF16);
    assert_int_equal(encoding_of(a, CN_S("\xfe\xff\0\x6e\0\x0a\0\xe9\xd8\x3d\xde\x00"), CN_S("é😀")),
                     CN_SHEET_UTF16);
}

static void test_no_text(void **state) {
    (void)state;
    check_refused(CN_S("a\nM\xc3\xa9lanie\nEl\xc3\xa9onore\nZo\xeb\n"), CN_INVALID, "sheet.encoding", 4);
    check_refused(CN_S("\xef\xbb\xbf\x61\nM\xe9lanie\n"), CN_INVALID, "sheet.encoding", 2);
    check_refused(CN_S("a\n1\nM\xe9lanie\x81\n"), CN_INVALID, "sheet.encoding", 3);
    check_refused(CN_S("a\nb\0c\n"), CN_INVALID, "sheet.nul", 2);
    check_refused(CN_S("n\0o\0m\0"), CN_INVALID, "sheet.nul", 1);
    check_refused(CN_S("\xff\xfe\x61\0\x0a\0\0\0"), CN_INVALID, "sheet.nul", 2);
    check_refused(CN_S("\xff\xfe\x61\0\x0a\0\x00\xd8\x61\0"), CN_INVALID, "sheet.encoding", 2);
    check_refused(CN_S("\xff\xfe\x61\0\x0a\0\x61\0\x00\xdc"), CN_INVALID, "sheet.encoding", 2);
    check_refused(CN_S("\xff\xfe\x61\0\x0a\0\x61"), CN_INVALID, "sheet.encoding", 2);
    check_refused(CN_S(""), CN_INVALID, "sheet.empty", 0);
    check_refused(CN_S("\xef\xbb\xbf"), CN_INVALID, "sheet.empty", 0);
    check_refused(CN_S("\xff\xfe"), CN_INVALID, "sheet.empty", 0);
    check_refused(CN_S(" \r\n;;;\n ; \n"), CN_INVALID, "sheet.empty", 0);
    check_refused(CN_S("sep=;\n"), CN_INVALID, "sheet.empty", 0);
}

static void test_no_csv(void **state) {
    (void)state;
    static const struct {
        cn_slice bytes;
        const char *id;
    } kinds[] = {
        {CN_S_INIT("PK\x03\x04....[Content_Types].xml....xl/workbook.xml"), "sheet.xlsx"},
        {CN_S_INIT("PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "sheet.ods"},
        {CN_S_INIT("PK\x03\x04....Index/Document.iwa"), "sheet.numbers"},
        {CN_S_INIT("PK\x03\x04....eleves.csv"), "sheet.zip"},
        {CN_S_INIT("PK\x05\x06\0\0\0\0"), "sheet.zip"},
        {CN_S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), "sheet.xls"},
        {CN_S_INIT("%PDF-1.7\n"), "sheet.pdf"},
        {CN_S_INIT("{\\rtf1\\ansi"), "sheet.rtf"},
        {CN_S_INIT("\n <!DOCTYPE html><table>"), "sheet.html"},
        {CN_S_INIT("\xef\xbb\xbf<html>"), "sheet.html"},
        {CN_S_INIT("<TABLE border=1>"), "sheet.html"},
        {CN_S_INIT("\xff\xfe<\0h\0t\0m\0l\0"), "sheet.html"},
        {CN_S_INIT("<?xml version=\"1.0\"?><Workbook>"), "sheet.xml"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        check_refused(kinds[i].bytes, CN_INVALID, kinds[i].id, 0);
}

/* A file of n times a text, with another before and after it. */
static cn_slice repeat(cn_arena *a, cn_slice before, cn_slice text, size_t n, cn_slice after) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, before);
    for (size_t i = 0; i < n; i++) cn_buf_add(&b, text);
    cn_buf_add(&b, after);
    assert_true(cn_buf_ok(&b));
    return cn_buf_slice(&b);
}

static void test_limits(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)1 << 30);
    cn_sheet s;
    cn_err err;
    cn_slice none = CN_S("");
    assert_true(cn_sheet_read(a, repeat(a, CN_S("a,b\n"), CN_S("x,y\n"), CN_SHEET_MAX_ROWS, none), &s, &err));
    assert_int_equal(s.n, CN_SHEET_MAX_ROWS + 1);
    check_refused(repeat(a, CN_S("a,b\n\n"), CN_S("x,y\n"), CN_SHEET_MAX_ROWS + 1, none), CN_LIMIT, "sheet.rows",
                  CN_SHEET_MAX_ROWS + 3);
    assert_true(cn_sheet_read(a, repeat(a, CN_S("a"), CN_S(",b"), CN_SHEET_MAX_COLUMNS - 1, none), &s, &err));
    assert_int_equal(s.rows[0].cells, CN_SHEET_MAX_COLUMNS);
    check_refused(repeat(a, CN_S("a\nb"), CN_S(",c"), CN_SHEET_MAX_COLUMNS, none), CN_LIMIT, "sheet.columns", 2);
    assert_true(
        cn_sheet_read(a, repeat(a, CN_S("a\n\""), CN_S("x\n"), CN_SHEET_MAX_CELL / 2, CN_S("\"")), &s, &err));
    assert_int_equal(cn_sheet_cell(&s, 1, 0).n, CN_SHEET_MAX_CELL);
    check_refused(repeat(a, CN_S("a\n1\n"), CN_S("x"), CN_SHEET_MAX_CELL + 1, none), CN_LIMIT, "sheet.cell", 3);
    check_refused(repeat(a, CN_S("a\n\""), CN_S("x\n"), CN_SHEET_MAX_CELL, CN_S("\"\n")), CN_LIMIT, "sheet.cell",
                  2 + CN_SHEET_MAX_CELL / 2);
    check_refused(repeat(a, none, CN_S("xxxxxxxx"), (CN_SHEET_MAX_BYTES >> 3) + 1, none), CN_LIMIT, "sheet.bytes",
                  0);
}

static void test_memory(void **state) {
    (void)state;
    for (size_t n = 1;; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_sheet s;
        cn_err err;
        cn_arena_fail_after(a, n);
        if (cn_sheet_read(a, CN_S("a,b,c\n1,2,\xe9\n4,5,6\n7,8,9\n"), &s, &err)) break;
        check_err(err, CN_LIMIT, "memory.limit");
        assert_true(n < 50);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),           cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_quote_left_open), cmocka_unit_test(test_where_the_cell_began),
        cmocka_unit_test(test_separators),      cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_no_text),         cmocka_unit_test(test_no_csv),
        cmocka_unit_test(test_limits),          cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("app sheet", tests, NULL, NULL);
}
