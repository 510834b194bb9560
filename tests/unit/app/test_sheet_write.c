/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing CSV: quotes where needed, no formulas, and read again the same.
 */
#include "../check.h"
#include "app/sheet.h"

static cn_slice one_row(cn_arena *a, char separator, const cn_slice *cells, size_t n) {
    cn_buf *b = CN_NEW(a, cn_buf);
    assert_non_null(b);
    *b = cn_buf_on(a, 0);
    cn_sheet_writer w = {.out = b, .separator = separator};
    for (size_t i = 0; i < n; i++) cn_sheet_write(&w, cells[i]);
    cn_sheet_end_row(&w);
    assert_true(cn_buf_ok(b));
    return cn_buf_slice(b);
}

static void test_quotes(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_slice cells[] = {CN_S("a b"),  CN_S(""),       CN_S("c,d"), CN_S("e;f"),
                              CN_S("g\"h"), CN_S("i\r\nj"), CN_S(" k")};
    check_text(one_row(a, ',', cells, 7), "\xef\xbb\xbf"
                                          "a b,,\"c,d\",\"e;f\",\"g\"\"h\",\"i\r\nj\",\" k\"\r\n");
    check_text(one_row(a, ';', cells, 3), "\xef\xbb\xbf"
                                          "a b;;\"c,d\"\r\n");
}

static void test_formulas(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_slice cells[] = {CN_S("=1+1"), CN_S("+1"),  CN_S("-12.5"), CN_S("@x"),    CN_S("\tx"),
                              CN_S("\rx"),  CN_S("\nx"), CN_S("=a,b"),  CN_S("1-2=+@")};
    check_text(one_row(a, ',', cells, 9), "\xef\xbb\xbf"
                                          "'=1+1,'+1,'-12.5,'@x,\"'\tx\",\"'\rx\",\"'\nx\",\"'=a,b\",1-2=+@\r\n");
}

static void test_read_again(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_slice cells[] = {CN_S("é, \"x\""), CN_S("two\nlines"), CN_S(";;;\t\t"), CN_S(" pad "), CN_S("end")};
    for (const char *separator = ",;\t"; *separator; separator++) {
        cn_sheet s;
        cn_err err;
        assert_true(cn_sheet_read(a, one_row(a, *separator, cells, 5), &s, &err));
        assert_int_equal(s.separator, *separator);
        assert_int_equal(s.rows[0].cells, 5);
        for (size_t i = 0; i < 5; i++) assert_true(cn_slice_eq(cn_sheet_cell(&s, 0, i), cells[i]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_formulas),
        cmocka_unit_test(test_read_again),
    };
    return cmocka_run_group_tests_name("app sheet_write", tests, NULL, NULL);
}
