/* SPDX-License-Identifier: Apache-2.0
 *
 * src/crypto/pem.c: one key in two forms, and what is no key.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "crypto/crypto.h"

#include "base/base.h"

static const char info[] = "-----BEGIN PUBLIC KEY-----\n"
                           "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzpNO/yKWeK6xCxGH2g2Q\n"
                           "iSuMNI7cyE17nEP+WC7J+2MTyq1ZOL1XQ8EC/qR+Uu+XqBalicPWcjKGTaEpIzQJ\n"
                           "HrKJnQlFr/q3gFmH1p5X/L7LkHQjJjCB97BeQNvl7gtQtlwcShRfkmq0cTcZ6nDP\n"
                           "PFp2l1FuH87xeyEwc+S5qVhyQERbx1d1o2cMoTSSiNkXyFUEpe9u83RPaXAZsFUF\n"
                           "q6qiIPT86YpTJ9HL7EqrtdH1wS/QJNX+aKf3XRCYB3D71hrcKLXXdqqbU36/0Yrc\n"
                           "yrmhBG/lYyZnPRtVnmhZgOJ0rKM6hMc4fxZkMEhSrsEZeeyonrmwu79Zqa0FchGJ\n"
                           "MQIDAQAB\n"
                           "-----END PUBLIC KEY-----\n";
static const char pair[] = "-----BEGIN RSA PUBLIC KEY-----\n"
                           "MIIBCgKCAQEAzpNO/yKWeK6xCxGH2g2QiSuMNI7cyE17nEP+WC7J+2MTyq1ZOL1X\n"
                           "Q8EC/qR+Uu+XqBalicPWcjKGTaEpIzQJHrKJnQlFr/q3gFmH1p5X/L7LkHQjJjCB\n"
                           "97BeQNvl7gtQtlwcShRfkmq0cTcZ6nDPPFp2l1FuH87xeyEwc+S5qVhyQERbx1d1\n"
                           "o2cMoTSSiNkXyFUEpe9u83RPaXAZsFUFq6qiIPT86YpTJ9HL7EqrtdH1wS/QJNX+\n"
                           "aKf3XRCYB3D71hrcKLXXdqqbU36/0YrcyrmhBG/lYyZnPRtVnmhZgOJ0rKM6hMc4\n"
                           "fxZkMEhSrsEZeeyonrmwu79Zqa0FchGJMQIDAQAB\n"
                           "-----END RSA PUBLIC KEY-----\n";

static void both_forms_hold_the_same_key(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_public_key x, y;
    cn_err err;
    assert_true(cn_pem_read(a, cn_slice_of(info), &x, &err) && cn_pem_read(a, cn_slice_of(pair), &y, &err));
    assert_int_equal(x.kind, CN_KEY_RSA);
    assert_int_equal(x.bytes.n, 256);
    assert_true(cn_slice_eq(x.bytes, y.bytes) && cn_slice_eq(x.exponent, y.exponent));
    assert_true(cn_slice_eq(x.exponent, CN_S("\x01\x00\x01")));
}

/* The text between the lines, changed at one place or cut. */
static void what_is_no_key_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----",
        "-----END PUBLIC KEY----------BEGIN PUBLIC KEY-----",
        ("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
         "-----END PUBLIC KEY-----")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_public_key key;
        cn_err err;
        assert_false(cn_pem_read(a, cn_slice_of(texts[i]), &key, &err));
        assert_string_equal(err.id, "key.pem");
    }
    for (size_t at = 27; at < 60; at++) { /* the lengths and names of DER stand at the front */
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_slice text;
        cn_public_key key;
        cn_err err;
        assert_true(cn_arena_copy(a, cn_slice_of(info), &text));
        char *changed = (char *)(uintptr_t)text.p + at;
        *changed = *changed == 'A' ? 'B' : 'A';
        assert_false(cn_pem_read(a, text, &key, &err));
        assert_true(err.code == CN_INVALID || err.code == CN_LIMIT);
    }
}

static void no_memory_is_a_limit(void **state) {
    (void)state;
    for (size_t n = 1; n <= 2; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_public_key key;
        cn_err err;
        cn_arena_fail_after(a, n);
        assert_false(cn_pem_read(a, cn_slice_of(info), &key, &err));
        assert_string_equal(err.id, "memory.limit");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_hold_the_same_key),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(no_memory_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
