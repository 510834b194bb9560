/* SPDX-License-Identifier: Apache-2.0
 *
 * What the bytes of an e-mail do not show from outside; tests/api/test_mail.py reads them with Python's own
 * reader.
 */
#include "net/mail.h"

#include "../check.h"

static cn_mail mail_of(cn_slice subject) {
    return (cn_mail){.from = {CN_S("no-reply@cairn.example"), CN_S("Coll\xc3\xa8ge du Nord")},
                     .to = {CN_S("zoe@ecole.example"), CN_S("Zo\xc3\xa9")},
                     .subject = subject,
                     .language = CN_S("fr-CA"),
                     .text = CN_S("Bonjour\n"),
                     .html = CN_S("<p>Bonjour</p>\n"),
                     .id = CN_S("1.2@cairn.example"),
                     .date = {1780300800, 0}};
}

static void memory_runs_out(void **state) {
    (void)state;
    cn_mail mail = mail_of(CN_S("Bonjour"));
    for (size_t nth = 1;; nth++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_slice bytes;
        cn_err err;
        cn_arena_fail_after(a, nth);
        if (cn_mail_write(a, &mail, &bytes, &err)) {
            assert_true(nth > 4);
            assert_true(cn_slice_ends(bytes, CN_S("--\r\n")));
            return;
        }
        assert_int_equal(err.code, CN_LIMIT);
    }
}

/* Days of the week over four hundred years, after which they repeat: each is the one after the day before. */
static void every_day_follows_another(void **state) {
    (void)state;
    static const char *const names[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    for (int64_t day = 0; day < 146097; day += 1009) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_mail mail = mail_of(CN_S("Bonjour"));
        cn_slice bytes;
        cn_err err;
        char wanted[16];
        mail.date.sec = day * 86400 + 86399;
        assert_true(cn_mail_write(a, &mail, &bytes, &err));
        (void)snprintf(wanted, sizeof wanted, "\r\nDate: %s, ", names[day % 7]);
        assert_true(cn_slice_find(bytes, cn_slice_of(wanted)) != SIZE_MAX);
        assert_true(cn_slice_find(bytes, CN_S(" 23:59:59 +0000\r\n")) != SIZE_MAX);
    }
}

static void a_sender_that_is_none(void **state) {
    (void)state;
    cn_err err;
    cn_mailer *m = NULL;
    cn_mailer_free(NULL);
    assert_false(cn_mailer_smtp(&(cn_smtp_options){.url = CN_S("smtp://anna:secret@mail.example")}, &m, &err));
    check_err(err, CN_INVALID, "mail.url");
    assert_null(strstr(err.detail, "secret"));
    assert_false(cn_mailer_folder(CN_S("/dev/null/outbox"), &m, &err));
    check_err(err, CN_UNAVAILABLE, "mail.folder");
    assert_false(cn_mailer_folder(CN_S("a\0b"), &m, &err));
    check_err(err, CN_UNAVAILABLE, "mail.folder");
    assert_null(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_runs_out),
        cmocka_unit_test(every_day_follows_another),
        cmocka_unit_test(a_sender_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
