/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mail_address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

#define L63 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg"

static const struct {
    const char *typed, *text, *key;
} accepted[] = {
    {"anna@school.example", "anna@school.example", "anna@school.example"},
    {" \tAnna.Roy@School.EXAMPLE\r\n", "Anna.Roy@school.example", "anna.roy@school.example"},
    {"o'neil+cairn@a-b.c2.example", "o'neil+cairn@a-b.c2.example", "o'neil+cairn@a-b.c2.example"},
    {"!#$%&'*+-/=?^_`{|}~@x.ca", "!#$%&'*+-/=?^_`{|}~@x.ca", "!#$%&'*+-/=?^_`{|}~@x.ca"},
    {"1@2.3a", "1@2.3a", "1@2.3a"},
    {"a@xn--cole-9oa.example", "a@xn--cole-9oa.example", "a@xn--cole-9oa.example"},
    {L63 "z@" L63 ".example", L63 "z@" L63 ".example", L63 "z@" L63 ".example"},
};

static const struct {
    const char *typed, *id;
} refused[] = {
    {"", "mail.address.empty"},
    {"  \n", "mail.address.empty"},
    {"anna", "mail.address.at"},
    {"anna@@school.example", "mail.address.at"},
    {"a@b@school.example", "mail.address.at"},
    {"@school.example", "mail.address.local"},
    {".anna@school.example", "mail.address.local"},
    {"anna.@school.example", "mail.address.local"},
    {"an..na@school.example", "mail.address.local"},
    {".@school.example", "mail.address.local"},
    {"\"anna\"@school.example", "mail.address.local"},
    {"<anna@school.example>", "mail.address.local"},
    {"a,b@school.example", "mail.address.local"},
    {"a(b)@school.example", "mail.address.local"},
    {"anna roy@school.example", "mail.address.characters"},
    {"ann\xc3\xa9@school.example", "mail.address.characters"},
    {"anna@\xc3\xa9"
     "cole.example",
     "mail.address.characters"},
    {"anna@school.example\r\nRCPT TO:<b@school.example>", "mail.address.characters"},
    {"anna\x7f@school.example", "mail.address.characters"},
    {"anna@", "mail.address.domain"},
    {"anna@localhost", "mail.address.domain"},
    {"anna@.example", "mail.address.domain"},
    {"anna@school.", "mail.address.domain"},
    {"anna@school..example", "mail.address.domain"},
    {"anna@-school.example", "mail.address.domain"},
    {"anna@school-.example", "mail.address.domain"},
    {"anna@sch_ool.example", "mail.address.domain"},
    {"anna@127.0.0.1", "mail.address.domain"},
    {"anna@[127.0.0.1]", "mail.address.domain"},
    {"anna@school.example>", "mail.address.domain"},
    {"anna@" L63 "h.example", "mail.address.domain"},
    {L63 "zz@school.example", "mail.address.long"},
    {"a@" L63 "." L63 "." L63 "." L63 ".example", "mail.address.long"},
};

static void accepts(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        cn_mail_address m;
        cn_err err;
        if (!cn_mail_address_ok(a, cn_slice_of(accepted[i].typed), false, &m, &err))
            fail_msg("%s: %s", accepted[i].typed, err.detail);
        assert_string_equal(m.text.p, accepted[i].text);
        assert_string_equal(m.key.p, accepted[i].key);
        assert_string_equal(m.domain.p, strchr(accepted[i].text, '@') + 1);
    }
}

static void refuse(const char *bytes, size_t n, const char *id) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_mail_address m;
    cn_err err;
    if (cn_mail_address_ok(a, cn_slice_bytes(bytes, n), false, &m, &err)) fail_msg("accepted: %s", bytes);
    assert_int_equal(err.code, CN_INVALID);
    assert_string_equal(err.id, id);
    /* An error may be logged. */
    assert_null(strstr(err.detail, "anna"));
}

static void refuses(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        refuse(refused[i].typed, strlen(refused[i].typed), refused[i].id);
    refuse("anna\0b@school.example", 21, "mail.address.characters");
}

static void a_demonstration_needs_no_dot(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_mail_address m;
    cn_err err;
    assert_true(cn_mail_address_ok(a, CN_S("anna@LocalHost"), true, &m, &err));
    assert_string_equal(m.text.p, "anna@localhost");
    assert_false(cn_mail_address_ok(a, CN_S("anna@7"), true, &m, &err));
    assert_false(cn_mail_address_ok(a, CN_S("anna@"), true, &m, &err));
}

static void exactly_the_longest(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    char text[CN_MAIL_ADDRESS_MAX + 2];
    cn_mail_address m;
    cn_err err;
    int n = snprintf(text, sizeof text, "%s@%s.%s.%s", "a", L63, L63, L63);
    /* One more label fills it up. */
    assert_true(n > 0 && n < CN_MAIL_ADDRESS_MAX);
    text[n] = '.';
    memset(text + n + 1, 'x', sizeof text - (size_t)n - 1);
    assert_true(cn_mail_address_ok(a, cn_slice_bytes(text, CN_MAIL_ADDRESS_MAX), false, &m, &err));
    assert_false(cn_mail_address_ok(a, cn_slice_bytes(text, CN_MAIL_ADDRESS_MAX + 1), false, &m, &err));
    assert_string_equal(err.id, "mail.address.long");
}

static void memory_runs_out(void **state) {
    (void)state;
    for (size_t nth = 1; nth <= 2; nth++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_mail_address m;
        cn_err err;
        cn_arena_fail_after(a, nth);
        assert_false(cn_mail_address_ok(a, CN_S("anna@school.example"), false, &m, &err));
        assert_int_equal(err.code, CN_LIMIT);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts),
        cmocka_unit_test(refuses),
        cmocka_unit_test(a_demonstration_needs_no_dot),
        cmocka_unit_test(exactly_the_longest),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
