/* SPDX-License-Identifier: Apache-2.0
 *
 * Accept-Language: weights, ranges, and headers that are none.
 */
#include "../check.h"
#include "http/http.h"

static void test_choices(void **state) {
    (void)state;
    static const cn_slice languages[] = {CN_S_INIT("en"), CN_S_INIT("fr")};
    const struct {
        cn_slice header;
        const char *chosen;
    } rows[] = {
        {CN_S(""), "en"},
        {CN_S("fr"), "fr"},
        {CN_S("FR"), "fr"},
        {CN_S("fr-CA"), "fr"},
        {CN_S("fr-CA,fr;q=0.9,en;q=0.8"), "fr"},
        {CN_S("en-GB,en;q=0.9,fr;q=0.8"), "en"},
        {CN_S("en;q=0.2, fr;q=0.3"), "fr"},
        {CN_S("en;q=0.333,fr;q=0.334"), "fr"},
        {CN_S("de, fr;q=0.5, en;q=0.5"), "fr"}, /* the one named first */
        {CN_S("de, en;q=0.5, fr;q=0.5"), "en"},
        {CN_S("de"), "en"},
        {CN_S("*"), "en"},
        {CN_S("en;q=0, *"), "fr"},
        {CN_S("fr;q=0, en;q=0.1"), "en"},
        {CN_S("fr;q=0, fr-CA"), "fr"},
        {CN_S("fr-CA;q=0, fr;q=0.7, en;q=0.5"), "fr"},
        {CN_S("*;q=0.9, fr;q=0.5"), "en"},
        {CN_S("french"), "en"},
        {CN_S("frx, fr_CA"), "en"},
        {CN_S(" , ;q=1, fr ; q=0.5 ,"), "fr"},
        {CN_S("en;q=0.5, fr;Q=0.6"), "fr"},
        {CN_S("en;q=0.5, fr;q=nonsense"), "fr"},
        {CN_S("en;q=1.000,fr;q=1.999"), "en"},
        {CN_S("\0\xff"), "en"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_slice chosen = cn_language_choose(rows[i].header, languages, 2);
        if (!cn_slice_eq(chosen, cn_slice_of(rows[i].chosen)))
            fail_msg("\"%s\" gave %s", rows[i].header.p, chosen.p);
    }
}

static void test_only_so_many_ranges(void **state) {
    (void)state;
    static const cn_slice languages[] = {CN_S_INIT("en"), CN_S_INIT("fr")};
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    for (int i = 0; i < 31; i++) cn_buf_add(&b, CN_S("de,"));
    cn_buf_add(&b, CN_S("fr"));
    check_text(cn_language_choose(cn_buf_slice(&b), languages, 2), "fr");
    cn_buf_clear(&b);
    for (int i = 0; i < 32; i++) cn_buf_add(&b, CN_S("de,"));
    cn_buf_add(&b, CN_S("fr"));
    check_text(cn_language_choose(cn_buf_slice(&b), languages, 2), "en");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_only_so_many_ranges),
    };
    return cmocka_run_group_tests_name("http language", tests, NULL, NULL);
}
