/* SPDX-License-Identifier: Apache-2.0
 *
 * The shape of language tags, and which words are keywords.
 */
#include "jsonld_try.h"

#include "jsonld/internal.h"

static void test_language_tags(void **state) {
    (void)state;
    static const char *const good[] = {"en", "fr-CA", "zh-Hant-TW", "x-1a", "abcdefgh-12345678"};
    static const char *const bad[] = {"",      "-",      "en-",       "-en",          "e1",
                                      "en_CA", "en--CA", "abcdefghi", "en-123456789", "é"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(cn_language_well_formed(cn_slice_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(cn_language_well_formed(cn_slice_of(bad[i])));
}

static void test_keywords(void **state) {
    (void)state;
    for (unsigned k = CN_KW_NO + 1; k < CN_KW_COUNT; k++) {
        assert_int_equal(cn_kw_of(cn_kw_text((cn_kw)k)), k);
        assert_true(cn_kw_like(cn_kw_text((cn_kw)k)));
    }
    assert_int_equal(cn_kw_of(CN_S("@Id")), CN_KW_NO);
    assert_true(cn_kw_like(CN_S("@Id")));
    assert_false(cn_kw_like(CN_S("@")));
    assert_false(cn_kw_like(CN_S("@a1")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language_tags),
        cmocka_unit_test(test_keywords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
