/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters as what is kept of them; and on their way, with a post office that does as it is told.
 */
#include "../store/place.h"
#include "app/letters.h"

static const cn_time NOW = {1780000000, 0};
static const cn_app PLAIN; /* without a master key */

static cn_letter letter_of(cn_letter_kind kind) {
    return (cn_letter){.kind = kind,
                       .recipient = CN_S("zoe@ecole.example"),
                       .language = CN_S("fr"),
                       .award = 7,
                       .name = CN_S("Zo\xc3\xa9 \"Z\" B\xc3\xa9gin"),
                       .achievement = {CN_S("Bookkeeping"), CN_S("Tenue de livres")},
                       .organisation = {CN_S("North College"), CN_S("Coll\xc3\xa8ge du Nord")},
                       .about = CN_S("zoe@maison.example"),
                       .link = CN_S("https://cairn.example/claim/x"),
                       .code = CN_S("K7QMX-3TXPA"),
                       .minutes = 15,
                       .until = {1782592000, 0}};
}

static cn_stored_mail write_letter(cn_arena *a, const cn_letter *l) {
    cn_stored_mail mail;
    cn_err err;
    if (!cn_app_letter_write(a, &PLAIN, NOW, l, &mail, &err)) fail_msg("%s", err.detail);
    return mail;
}

static void a_letter_is_read_as_it_was_written(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (cn_letter_kind kind = 0; kind < CN_LETTER_KINDS; kind++) {
        cn_letter l = letter_of(kind), got;
        cn_stored_mail mail = write_letter(a, &l);
        cn_err err;
        if (!cn_app_letter_read(a, &PLAIN, &mail, &got, &err)) fail_msg("%s: %s", mail.kind.p, err.detail);
        assert_int_equal(got.kind, kind);
        assert_int_equal(got.award, 7);
        check_text(got.recipient, "zoe@ecole.example");
        check_text(got.link, "https://cairn.example/claim/x");
    }
}

/* A command on a demonstration's database knows no origin; who sends the letter does. */
static void a_path_gets_the_origin_of_who_reads_it(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_app server = {.origin = CN_S("http://localhost:8090")};
    for (cn_letter_kind kind = 0; kind < CN_LETTER_KINDS; kind++) {
        cn_letter l = letter_of(kind), got;
        l.link = CN_S("/sign-in/link/x");
        cn_stored_mail mail = write_letter(a, &l);
        cn_err err;
        assert_true(cn_app_letter_read(a, &server, &mail, &got, &err));
        check_text(got.link, "http://localhost:8090/sign-in/link/x");
    }
}

static void a_claim_keeps_all_its_facts(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_letter l = letter_of(CN_LETTER_CLAIM), got;
    cn_stored_mail mail = write_letter(a, &l);
    cn_err err;
    assert_true(cn_app_letter_read(a, &PLAIN, &mail, &got, &err));
    check_text(got.name, "Zo\xc3\xa9 \"Z\" B\xc3\xa9gin");
    check_text(got.achievement.en, "Bookkeeping");
    check_text(got.achievement.fr, "Tenue de livres");
    check_text(got.organisation.fr, "Coll\xc3\xa8ge du Nord");
    check_text(got.code, "K7QMX-3TXPA");
    assert_int_equal(got.until.sec, 1782592000);
    /* What a kind does not tell is not kept. */
    assert_int_equal(got.minutes, 0);
    l = letter_of(CN_LETTER_REVOKED);
    mail = write_letter(a, &l);
    assert_true(cn_slice_find(mail.facts, CN_S("K7QMX")) == SIZE_MAX);
}

static void what_is_incomplete_is_refused(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (cn_letter_kind kind = 0; kind < CN_LETTER_KINDS; kind++) {
        cn_letter l = letter_of(kind);
        cn_stored_mail out;
        cn_err why;
        l.link = (cn_slice){0};
        assert_false(cn_app_letter_write(a, &PLAIN, NOW, &l, &out, &why));
        check_err(why, CN_INVALID, "letter.facts");
    }
    static const struct {
        const char *kind, *facts, *id;
    } rows[] = {
        {"none", "{}", "letter.kind"},
        {"claim", "{}", "letter.facts"},
        {"sign-in", "{\"link\": \"x\", \"code\": \"y\"}", "letter.facts"},
        {"sign-in", "{\"link\": \"x\", \"code\": \"y\", \"minutes\": 0}", "letter.facts"},
        {"sign-in", "{\"link\": \"x\", \"code\": \"y\", \"minutes\": 1e9}", "letter.facts"},
        {"sign-in", "{\"link\": 7, \"code\": \"y\", \"minutes\": 5}", "letter.facts"},
        {"sign-in", "[]", "letter.facts"},
        {"sign-in", "{", "json.syntax"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_stored_mail mail = {.kind = cn_slice_of(rows[i].kind), .facts = cn_slice_of(rows[i].facts)};
        cn_letter l;
        cn_err err;
        assert_false(cn_app_letter_read(a, &PLAIN, &mail, &l, &err));
        check_err(err, CN_INVALID, rows[i].id);
    }
}

static bool same_bytes(void *self, uint8_t *out, size_t n) {
    (void)self;
    memset(out, 7, n);
    return true;
}

static void what_lets_somebody_in_is_sealed(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_random random = {NULL, same_bytes};
    cn_master key = {{1, 2, 3}}, other = {{3, 2, 1}};
    const cn_app app = {.master = &key, .random = &random}, elsewhere = {.master = &other, .random = &random},
                 demo = {.master = &key, .random = &random, .demo = true};
    for (cn_letter_kind kind = 0; kind < CN_LETTER_KINDS; kind++) {
        cn_letter l = letter_of(kind), got;
        cn_stored_mail mail;
        cn_err err;
        assert_true(cn_app_letter_write(a, &demo, NOW, &l, &mail, &err));
        assert_true(cn_slice_find(mail.facts, CN_S("sealed")) == SIZE_MAX);
        bool secret = cn_slice_find(mail.facts, l.code) != SIZE_MAX;
        assert_true(cn_app_letter_write(a, &app, NOW, &l, &mail, &err));
        assert_int_equal(cn_slice_find(mail.facts, CN_S("sealed")) != SIZE_MAX, secret);
        assert_true(cn_slice_find(mail.facts, l.code) == SIZE_MAX);
        assert_int_equal(cn_slice_find(mail.facts, l.link) == SIZE_MAX, secret);
        assert_true(cn_app_letter_read(a, &app, &mail, &got, &err));
        assert_true(cn_slice_eq(got.link, l.link));
        assert_true(cn_slice_eq(got.code, secret ? l.code : CN_S("")));
        if (!secret) continue;
        assert_false(cn_app_letter_read(a, &elsewhere, &mail, &got, &err));
        check_err(err, CN_DENIED, "seal.broken");
        assert_false(cn_app_letter_read(a, &PLAIN, &mail, &got, &err));
        check_err(err, CN_DENIED, "letter.sealed");
    }
}

/* ---- On their way ---- */

typedef struct office {
    cn_code code; /* CN_OK: takes it */
    const char *id;
    const char *only; /* answers so for this recipient alone; NULL: for all */
    int asked;
    char last[64];
} office;

static bool take(void *self, cn_arena *a, const cn_stored_mail *mail, const cn_letter *letter, cn_err *err) {
    office *o = self;
    (void)a;
    o->asked++;
    (void)snprintf(o->last, sizeof o->last, "%.*s", CN_ARG(letter->recipient));
    assert_true(cn_slice_eq(mail->recipient, letter->recipient));
    if (o->code == CN_OK || (o->only && strcmp(o->only, o->last) != 0)) return true;
    return cn_fail(err, o->code, o->id, "The office says no.");
}

typedef struct round_trip {
    cn_arena *a;
    cn_app app;
    int woken;
} round_trip;

static void called(void *self) {
    ++*(int *)self;
}

static void post_letter(round_trip *r, const char *recipient, cn_letter_kind kind) {
    cn_letter l = letter_of(kind);
    cn_err err;
    l.recipient = cn_slice_of(recipient);
    l.award = 0;
    if (!cn_app_letter_send(r->a, &r->app, NOW, &l, &err)) fail_msg("%s", err.detail);
}

static round_trip begin(const place *p) {
    return (round_trip){.a = cn_arena_new(0), .app = {.store = place_open(p), .wake = called}};
}

static void finish(round_trip *r) {
    cn_store_close(r->app.store);
    cn_arena_free(r->a);
}

static bool work(round_trip *r, office *o, int64_t later, bool *more) {
    const cn_post post = {o, take};
    cn_err err;
    *more = false;
    if (cn_app_letters_work(r->a, &r->app, (cn_time){NOW.sec + later, 0}, &post, more, &err)) return true;
    assert_string_equal(err.id, o->id);
    return false;
}

static void a_letter_goes_and_its_row_too(void **state) {
    round_trip r = begin(*state);
    office o = {0};
    bool more;
    r.app.wake_self = &r.woken;
    post_letter(&r, "a@x.example", CN_LETTER_CLAIM);
    assert_int_equal(r.woken, 1);
    assert_true(work(&r, &o, 0, &more));
    assert_false(more);
    assert_int_equal(o.asked, 1);
    assert_string_equal(o.last, "a@x.example");
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail"), 0);
    assert_true(work(&r, &o, 1000, &more));
    assert_int_equal(o.asked, 1);
    finish(&r);
}

static void a_demonstration_keeps_it(void **state) {
    round_trip r = begin(*state);
    office o = {0};
    bool more;
    r.app.wake_self = &r.woken;
    r.app.demo = true;
    post_letter(&r, "a@x.example", CN_LETTER_CLAIM);
    assert_true(work(&r, &o, 0, &more));
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail WHERE sent_at > 0"), 1);
    assert_true(work(&r, &o, 1000, &more));
    assert_int_equal(o.asked, 1);
    finish(&r);
}

static void many_go_some_at_a_time(void **state) {
    round_trip r = begin(*state);
    office o = {0};
    bool more = true;
    int turns = 0;
    r.app.wake_self = &r.woken;
    for (int i = 0; i < 25; i++) post_letter(&r, "a@x.example", CN_LETTER_CLAIM);
    while (more) {
        assert_true(work(&r, &o, 0, &more));
        turns++;
    }
    assert_int_equal(turns, 3);
    assert_int_equal(o.asked, 25);
    finish(&r);
}

static void a_bad_mailbox_holds_up_nobody(void **state) {
    static const struct {
        cn_code code;
        const char *id, *problem;
    } rows[] = {
        {CN_INVALID, "mail.recipient", "recipient"},
        {CN_INVALID, "mail.refused", "refused"},
        {CN_INVALID, "mail.address.domain", "address"},
        {CN_LIMIT, "mail.size", "internal"},
    };
    round_trip r = begin(*state);
    r.app.wake_self = &r.woken;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        office o = {.code = rows[i].code, .id = rows[i].id, .only = "bad@x.example"};
        char sql[128];
        bool more;
        post_letter(&r, "bad@x.example", CN_LETTER_CLAIM);
        post_letter(&r, "good@x.example", CN_LETTER_CLAIM);
        assert_true(work(&r, &o, 0, &more));
        assert_int_equal(o.asked, 2);
        (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM mail WHERE problem = '%s' AND facts = '{}'",
                       rows[i].problem);
        assert_int_equal(place_sql(*state, sql), 1);
        assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail"), (int64_t)i + 1);
    }
    finish(&r);
}

static void what_cannot_be_read_is_given_up(void **state) {
    round_trip r = begin(*state);
    office o = {0};
    bool more;
    (void)place_sql(*state,
                    "INSERT INTO mail (recipient, language, kind, facts, tries, next_at, problem, created_at) "
                    "VALUES ('a@x.example', 'fr', 'claim', '{}', 0, 0, '', 0)");
    assert_true(work(&r, &o, 0, &more));
    assert_int_equal(o.asked, 0);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail WHERE problem = 'internal'"), 1);
    finish(&r);
}

/* Each try later than the one before, until nobody needs the letter any more. */
static void the_server_is_asked_again_and_again(void **state) {
    round_trip r = begin(*state);
    office o = {.code = CN_UNAVAILABLE, .id = "mail.later"};
    int64_t before = 0, pause = 0;
    bool more;
    r.app.wake_self = &r.woken;
    post_letter(&r, "a@x.example", CN_LETTER_CLAIM);
    for (;;) {
        assert_true(work(&r, &o, before, &more));
        if (place_sql(*state, "SELECT count(*) FROM mail WHERE problem = 'late'")) break;
        int64_t next = place_sql(*state, "SELECT next_at FROM mail") - NOW.sec;
        assert_true(next - before >= pause && next > before);
        pause = next - before;
        before = next;
    }
    assert_true(o.asked > 20);
    assert_true(before > 6 * 86400 && before <= 7 * 86400);
    finish(&r);
}

static void a_link_of_minutes_is_soon_too_late(void **state) {
    round_trip r = begin(*state);
    office o = {.code = CN_UNAVAILABLE, .id = "mail.later"};
    bool more;
    r.app.wake_self = &r.woken;
    post_letter(&r, "a@x.example", CN_LETTER_SIGN_IN);
    assert_true(work(&r, &o, 840, &more));
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail WHERE problem = ''"), 1);
    assert_true(work(&r, &o, 901, &more));
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail WHERE problem = 'late'"), 1);
    finish(&r);
}

/* While the mail server as a whole does not work, no other letter is tried in vain. */
static void a_dead_server_is_left_alone(void **state) {
    round_trip r = begin(*state);
    office o = {.code = CN_UNAVAILABLE, .id = "mail.connect"};
    bool more;
    r.app.wake_self = &r.woken;
    for (int i = 0; i < 5; i++) post_letter(&r, "a@x.example", CN_LETTER_CLAIM);
    assert_false(work(&r, &o, 0, &more));
    assert_int_equal(o.asked, 1);
    o.code = CN_OK;
    assert_true(work(&r, &o, 60, &more));
    assert_int_equal(o.asked, 6);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail"), 0);
    finish(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_is_read_as_it_was_written),
        cmocka_unit_test(a_path_gets_the_origin_of_who_reads_it),
        cmocka_unit_test(a_claim_keeps_all_its_facts),
        cmocka_unit_test(what_is_incomplete_is_refused),
        cmocka_unit_test(what_lets_somebody_in_is_sealed),
        place_test(a_letter_goes_and_its_row_too),
        place_test(a_demonstration_keeps_it),
        place_test(many_go_some_at_a_time),
        place_test(a_bad_mailbox_holds_up_nobody),
        place_test(what_cannot_be_read_is_given_up),
        place_test(the_server_is_asked_again_and_again),
        place_test(a_link_of_minutes_is_soon_too_late),
        place_test(a_dead_server_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
