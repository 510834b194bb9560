/* SPDX-License-Identifier: Apache-2.0
 *
 * A system without fonts: nothing is drawn, and it is said why. A program of its own, since fontconfig looks for
 * the fonts once.
 */
#include <unistd.h>

#include "../check.h"
#include "draw/draw.h"

static const char none[] = "<?xml version=\"1.0\"?><fontconfig><dir>/nowhere</dir></fontconfig>";

static void test_no_font(void **state) {
    (void)state;
    char path[] = "/tmp/cairn-fonts-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, none, sizeof none - 1), sizeof none - 1);
    assert_int_equal(close(file), 0);
    assert_int_equal(setenv("FONTCONFIG_FILE", path, 1), 0);
    cn_draw *d = NULL;
    cn_err err;
    assert_false(cn_draw_new(&d, &err));
    check_err(err, CN_UNAVAILABLE, "draw.font");
    assert_null(d);
    assert_int_equal(unlink(path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_font)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
