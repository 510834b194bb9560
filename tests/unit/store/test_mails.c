/* SPDX-License-Identifier: Apache-2.0 */
#include "store/mails.h"
#include "store/people.h"

#include "place.h"

static const cn_time t0 = {1780000000, 0};

static cn_time after(int64_t seconds) {
    return (cn_time){t0.sec + seconds, 0};
}

static void put(cn_store *s, const char *recipient, int64_t award, cn_time next_at) {
    cn_stored_mail m = {.recipient = cn_slice_of(recipient),
                        .language = CN_S("fr"),
                        .kind = CN_S("claim"),
                        .facts = CN_S("{\"link\": \"x\"}"),
                        .award = award,
                        .next_at = next_at,
                        .created_at = t0};
    cn_err err;
    if (!cn_store_mail_put(s, &m, &err)) fail_msg("%s: %s", err.id, err.detail);
}

static cn_stored_mails due(cn_arena *a, cn_store *s, cn_time now, size_t max) {
    cn_stored_mails got;
    cn_err err;
    if (!cn_store_mails_due(a, s, now, max, &got, &err)) fail_msg("%s: %s", err.id, err.detail);
    return got;
}

static void a_mail_waits_for_its_time(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = place_open(*state);
    put(s, "late@x.example", 0, after(100));
    put(s, "soon@x.example", 7, after(10));
    put(s, "now@x.example", 0, (cn_time){0});
    assert_int_equal(due(a, s, t0, 10).n, 1);
    assert_int_equal(due(a, s, after(9), 10).n, 1);
    cn_stored_mails all = due(a, s, after(100), 10);
    assert_int_equal(all.n, 3);
    assert_string_equal(all.v[0].recipient.p, "now@x.example");
    assert_string_equal(all.v[1].recipient.p, "soon@x.example");
    assert_string_equal(all.v[2].recipient.p, "late@x.example");
    assert_int_equal(due(a, s, after(100), 2).n, 2);
    const cn_stored_mail *m = &all.v[1];
    assert_string_equal(m->language.p, "fr");
    assert_string_equal(m->kind.p, "claim");
    assert_string_equal(m->facts.p, "{\"link\": \"x\"}");
    assert_int_equal(m->award, 7);
    assert_int_equal(m->tries, 0);
    assert_int_equal(m->next_at.sec, after(10).sec);
    assert_int_equal(m->created_at.sec, t0.sec);
    assert_int_equal(m->sent_at.sec, 0);
    assert_int_equal(m->problem.n, 0);
    assert_int_equal(all.v[0].award, 0);
}

/* Its link lasts a quarter of an hour: it does not wait until a file of awards is sent. */
static void a_mail_to_sign_in_goes_before_all_others(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = place_open(*state);
    cn_ticket ticket = {.token_hash = CN_S("token"),
                        .code_hash = CN_S("code"),
                        .email = CN_S("waits@x.example"),
                        .purpose = CN_S("sign-in"),
                        .created_at = after(60),
                        .expires_at = after(960)};
    cn_ticket_mail mail = {
        .language = CN_S("en"), .kind = CN_S("sign-in"), .facts = CN_S("{}"), .most = 5, .since = t0};
    cn_err err;
    for (int i = 0; i < 3; i++) put(s, "claims@x.example", 0, t0);
    if (!cn_store_ticket_put(a, s, &ticket, &mail, &err)) fail_msg("%s: %s", err.id, err.detail);
    cn_stored_mails first = due(a, s, after(60), 1);
    assert_int_equal(first.n, 1);
    assert_string_equal(first.v[0].recipient.p, "waits@x.example");
    assert_int_equal(first.v[0].created_at.sec, after(60).sec);
}

static void what_was_sent_is_gone(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = place_open(*state);
    cn_stored_mail m;
    cn_err err;
    put(s, "a@x.example", 0, t0);
    put(s, "b@x.example", 0, t0);
    cn_stored_mails both = due(a, s, t0, 10);
    assert_true(cn_store_mail_sent(s, &both.v[0], t0, false, &err));
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail"), 1);
    assert_false(cn_store_mail_get(a, s, both.v[0].number, &m, &err));
    check_err(err, CN_NOT_FOUND, "store.none");
    /* A demonstration keeps it, and does not send it again. */
    assert_true(cn_store_mail_sent(s, &both.v[1], after(5), true, &err));
    assert_true(cn_store_mail_get(a, s, both.v[1].number, &m, &err));
    assert_int_equal(m.sent_at.sec, after(5).sec);
    assert_int_equal(due(a, s, after(1000), 10).n, 0);
    /* Once more, as after a crash. */
    assert_true(cn_store_mail_sent(s, &both.v[0], t0, false, &err));
}

static void what_failed_comes_again_later(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = place_open(*state);
    cn_err err;
    put(s, "a@x.example", 0, t0);
    cn_stored_mails got = due(a, s, t0, 1);
    assert_true(cn_store_mail_later(s, &got.v[0], after(60), &err));
    assert_int_equal(due(a, s, after(59), 1).n, 0);
    got = due(a, s, after(60), 1);
    assert_int_equal(got.n, 1);
    assert_int_equal(got.v[0].tries, 1);
}

/* Without the rows it refers to: SQLite by itself does not look. */
static void make_award(const place *p) {
    (void)place_sql(p,
                    "INSERT INTO award (number, id, organisation, achievement, version, learner_key, name, email, "
                    "language, result, decision, decided_on, method, assessor, evidence, document, status_list, "
                    "status_place, awarded_at, page_on, check_code, mail_problem, revoke_code, revoke_reason) "
                    "VALUES (7, 'i', 1, 1, 1, 'k', 'n', 'e', 'fr', '', '', '', '', '', '', '', 1, 1, 1, 1, 'c', "
                    "'', '', '')");
}

static void a_bad_address_shows_at_the_award(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = place_open(*state);
    cn_stored_mail m;
    cn_err err;
    make_award(*state);
    put(s, "a@x.example", 7, t0);
    cn_stored_mails got = due(a, s, t0, 1);
    assert_true(cn_store_mail_failed(s, &got.v[0], CN_S("recipient"), &err));
    assert_int_equal(due(a, s, after(1000), 1).n, 0);
    assert_true(cn_store_mail_get(a, s, got.v[0].number, &m, &err));
    assert_string_equal(m.problem.p, "recipient");
    assert_string_equal(m.facts.p, "{}");
    assert_int_equal(place_sql(*state, "SELECT mail_problem = 'recipient' FROM award WHERE number = 7"), 1);
    /* A mail that arrives, at an address that was mended, takes it away. */
    put(s, "b@x.example", 7, t0);
    got = due(a, s, t0, 1);
    assert_true(cn_store_mail_sent(s, &got.v[0], t0, false, &err));
    assert_int_equal(place_sql(*state, "SELECT mail_problem = '' FROM award WHERE number = 7"), 1);
}

static void the_newest_come_first(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = place_open(*state);
    cn_stored_mails got;
    cn_err err;
    assert_true(cn_store_mails_newest(a, s, 10, &got, &err));
    assert_int_equal(got.n, 0);
    put(s, "a@x.example", 0, t0);
    put(s, "b@x.example", 0, (cn_time){0});
    assert_true(cn_store_mails_newest(a, s, 10, &got, &err));
    assert_int_equal(got.n, 2);
    assert_string_equal(got.v[0].recipient.p, "b@x.example");
    assert_true(cn_store_mails_newest(a, s, 1, &got, &err));
    assert_int_equal(got.n, 1);
}

static bool file_holds(const char *path, const char *what) {
    static char bytes[1 << 20];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    (void)fclose(f);
    assert_in_range(n, 1, sizeof bytes - 1);
    return memmem(bytes, n, what, strlen(what)) != NULL;
}

static void what_was_sent_leaves_no_trace(void **state) {
    const place *p = *state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_err err;
    for (int round = 0; round < 2; round++) {
        /* Closing the store brings everything into the one file. */
        cn_store *s = place_open(p);
        if (round == 0) put(s, "somebody@x.example", 0, t0);
        else assert_true(cn_store_mail_sent(s, &due(a, s, t0, 1).v[0], t0, false, &err));
        cn_store_close(s);
        assert_int_equal(file_holds(p->db, "somebody@x.example"), round == 0);
    }
}

static void after_a_month_nothing_is_left(void **state) {
    cn_store *s CN_STORE_AUTO = place_open(*state);
    cn_err err;
    put(s, "a@x.example", 0, t0);
    assert_true(cn_store_mails_tidy(s, after(30 * 86400), &err));
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail"), 1);
    assert_true(cn_store_mails_tidy(s, after(30 * 86400 + 1), &err));
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(a_mail_waits_for_its_time),     place_test(what_was_sent_is_gone),
        place_test(what_failed_comes_again_later), place_test(a_bad_address_shows_at_the_award),
        place_test(the_newest_come_first),         place_test(what_was_sent_leaves_no_trace),
        place_test(after_a_month_nothing_is_left), place_test(a_mail_to_sign_in_goes_before_all_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
