/* SPDX-License-Identifier: Apache-2.0
 *
 * An upload from the file to the confirmation: what is wrong is found, mended and dropped; nothing of another
 * organisation; nothing after the confirmation.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/achievements.h"
#include "app/uploads.h"

static const cn_time NOW = {1780000000, 0}; /* 2026-05-28 */

typedef struct bench {
    cn_arena *a;
    cn_crypto *crypto;
    uint8_t next;
    cn_random random;
    cn_app app;
    int64_t own, other; /* organisations */
    int64_t version;    /* of own */
    int woken;
    cn_err err;
} bench;

static int64_t organisation(bench *b, cn_slice id) {
    int64_t number;
    cn_stored_organisation o = {.id = id, .name_en = CN_S("North College"), .name_fr = CN_S("Collège du Nord")};
    if (!cn_store_organisation_put(b->a, b->app.store, &o, NOW, &number, &b->err)) fail_msg("%s", b->err.detail);
    return number;
}

static void wake(void *self) {
    ++*(int *)self;
}

static void publish(bench *b) {
    cn_achievement_text t = {.name = CN_S("Java"), .description = CN_S("d"), .criteria = CN_S("c")};
    cn_draft draft = {.en = t, .fr = t};
    cn_achievement made;
    cn_versions all;
    cn_slice id;
    int version;
    if (!cn_app_achievement_new(b->a, &b->app, NOW, b->own, 0, &draft, &id, &b->err) ||
        !cn_app_achievement_get(b->a, &b->app, b->own, id, &made, &b->err) ||
        !cn_app_achievement_publish(b->a, &b->app, NOW, b->own, 0, id, made.seen, &version, &b->err) ||
        !cn_app_versions_of(b->a, &b->app, b->own, &all, &b->err))
        fail_msg("%s", b->err.detail);
    b->version = all.v[0].number;
}

/* b must stay where it is. */
static void start(bench *b, const place *p) {
    *b = (bench){.a = cn_arena_new(0)};
    if (!cn_crypto_new(&b->crypto, &b->err)) fail_msg("%s", b->err.detail);
    b->random = (cn_random){&b->next, count_up};
    b->app = (cn_app){.store = place_open(p),
                      .crypto = b->crypto,
                      .random = &b->random,
                      .origin = CN_S("https://cairn.example"),
                      .wake = wake,
                      .wake_self = &b->woken};
    b->own = organisation(b, CN_S("own"));
    b->other = organisation(b, CN_S("other"));
    publish(b);
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
}

static cn_upload_report read_file(bench *b, cn_slice bytes, cn_slice *id) {
    cn_upload_file file = {.organisation = b->own,
                           .version = b->version,
                           .name = CN_S("people.csv"),
                           .language = CN_S("en"),
                           .bytes = bytes};
    cn_upload_report report;
    if (!cn_app_upload_new(b->a, &b->app, NOW, &file, &report, id, &b->err)) fail_msg("%s", b->err.detail);
    return report;
}

static cn_upload get(bench *b, cn_slice id) {
    cn_upload u;
    if (!cn_app_upload_get(b->a, &b->app, b->own, id, &u, &b->err)) fail_msg("%s", b->err.detail);
    return u;
}

static cn_upload upload(bench *b, cn_slice bytes) {
    cn_slice id;
    assert_true(read_file(b, bytes, &id).good);
    return get(b, id);
}

static cn_preview preview(bench *b, const cn_upload *u) {
    const cn_preview_ask ask = {.max = {100, 100, 100, 100}};
    cn_preview p;
    cn_upload now = get(b, u->id);
    if (!cn_app_upload_preview(b->a, &b->app, NOW, &now, &ask, &p, &b->err)) fail_msg("%s", b->err.detail);
    return p;
}

static cn_preview_list list(bench *b, const cn_upload *u, cn_row_kind kind) {
    return preview(b, u).lists[kind];
}

static void check_counts(bench *b, const cn_upload *u, size_t ready, size_t wrong, size_t before, size_t dropped) {
    cn_preview p = preview(b, u);
    assert_int_equal(p.counts[CN_ROW_IS_READY], ready);
    assert_int_equal(p.counts[CN_ROW_IS_WRONG], wrong);
    assert_int_equal(p.counts[CN_ROW_IS_BEFORE], before);
    assert_int_equal(p.counts[CN_ROW_IS_DROPPED], dropped);
}

/* "field word, field word" of a row of a file without a decision of its own. */
static void check_problems(bench *b, const cn_upload_row *row, const char *expected) {
    cn_row_problem found[CN_ROW_PROBLEMS_MAX];
    cn_decision d = {.language = CN_S("fr")};
    cn_buf text = cn_buf_on(b->a, 0);
    size_t n = cn_row_check(b->a, NOW, row, &d, found);
    for (size_t i = 0; i < n; i++)
        cn_buf_print(&text, "%s%.*s %.*s", i ? ", " : "", CN_ARG(cn_sheet_field_word(found[i].field)),
                     CN_ARG(found[i].word));
    if (!cn_slice_eq(cn_buf_slice(&text), cn_slice_of(expected)))
        fail_msg("found \"%.*s\", not \"%s\"", CN_ARG(cn_buf_slice(&text)), expected);
}

#define TABLE "id,name,email,language,result,date\n"

static void test_story(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u =
        upload(&b, CN_S(TABLE "1,Zoé Roy,zoe@x.test,fr,85,2026-05-01\n2,,sam@x.test,,90,2026-05-01\n"
                              "3,Ann Lee,ann x.test,en,70,2026-05-01\n4,Li Wei,li@x.test,en,75,2026-05-01\n"));
    check_counts(&b, &u, 2, 2, 0, 0);
    assert_false(cn_app_upload_confirm(b.a, &b.app, NOW, &u, 0, CN_S(""), &b.err));
    check_err(b.err, CN_CONFLICT, "upload.wrong");
    cn_upload_row row = list(&b, &u, CN_ROW_IS_WRONG).rows[0];
    assert_int_equal(row.line, 3);
    row.name = CN_S("  Sam\n Roy ");
    assert_true(cn_app_upload_mend(b.a, &b.app, NOW, &u, &row, &b.err));
    assert_true(cn_app_upload_row(b.a, &b.app, &u, 3, &row, &b.err));
    check_text(row.name, "Sam Roy");
    assert_true(cn_app_upload_drop_row(b.a, &b.app, NOW, &u, 4, true, &b.err));
    check_counts(&b, &u, 3, 0, 0, 1);
    b.woken = 0; /* what was published woke it, too */
    assert_true(cn_app_upload_confirm(b.a, &b.app, NOW, &u, 0, CN_S(""), &b.err));
    assert_int_equal(b.woken, 1);
    u = get(&b, u.id);
    assert_int_equal(u.state, CN_UPLOAD_CONFIRMED);
    assert_int_equal(u.rows[CN_ROW_WAITING], 3);
    assert_int_equal(u.rows[CN_ROW_DROPPED], 1);
    end(&b);
}

static void test_too_late(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S(TABLE "1,Zoé Roy,zoe@x.test,fr,85,\n"));
    cn_upload_row row = list(&b, &u, CN_ROW_IS_READY).rows[0];
    cn_decision d = {.language = CN_S("fr")};
    assert_true(cn_app_upload_confirm(b.a, &b.app, NOW, &u, 0, CN_S(""), &b.err));
    assert_false(cn_app_upload_confirm(b.a, &b.app, NOW, &u, 0, CN_S(""), &b.err));
    check_err(b.err, CN_CONFLICT, "upload.state");
    assert_false(cn_app_upload_mend(b.a, &b.app, NOW, &u, &row, &b.err));
    check_err(b.err, CN_CONFLICT, "upload.state");
    assert_false(cn_app_upload_drop_row(b.a, &b.app, NOW, &u, 2, true, &b.err));
    check_err(b.err, CN_CONFLICT, "upload.state");
    assert_false(cn_app_upload_decide(b.a, &b.app, NOW, &u, &d, &b.err));
    check_err(b.err, CN_CONFLICT, "upload.state");
    assert_false(cn_app_upload_cancel(b.a, &b.app, NOW, &u, 0, &b.err));
    check_err(b.err, CN_CONFLICT, "upload.state");
    end(&b);
}

static void test_another_organisation(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S(TABLE "1,Zoé Roy,zoe@x.test,fr,85,\n"));
    cn_upload_file file = {
        .organisation = b.other, .version = b.version, .bytes = CN_S(TABLE "1,a,a@x.test,fr,1,\n")};
    cn_upload_report report;
    cn_uploads all;
    cn_slice id;
    assert_false(cn_app_upload_get(b.a, &b.app, b.other, u.id, &u, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    assert_false(cn_app_upload_new(b.a, &b.app, NOW, &file, &report, &id, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    assert_true(cn_app_uploads_of(b.a, &b.app, b.other, 10, &all, &b.err));
    assert_int_equal(all.n, 0);
    end(&b);
}

static void test_file_not_kept(void **state) {
    bench b;
    start(&b, *state);
    cn_uploads all;
    cn_slice id;
    cn_upload_report r = read_file(&b, CN_S("id,nom,note,name\n1,a,2,b\n"), &id);
    assert_false(r.good);
    assert_int_equal(id.n, 0);
    assert_int_equal(r.missing_n, 1);
    assert_int_equal(r.missing[0], CN_FIELD_EMAIL);
    assert_int_equal(r.twice_n, 1);
    check_text(r.twice[0], "name");
    assert_false(read_file(&b, CN_S(TABLE), &id).good);
    assert_true(cn_app_uploads_of(b.a, &b.app, b.own, 10, &all, &b.err));
    assert_int_equal(all.n, 0);
    end(&b);
}

static void test_whole_files_decision(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S("id,name,Group,email\n1,Zoé Roy,,zoe@x.test\n2,Sam Roy,B,sam@x.test\n"));
    cn_decision kept;
    cn_decision d = {.date = CN_S("2026/5/1"), .method = CN_S("Practical exam"), .assessor = CN_S("Ann Lee")};
    check_counts(&b, &u, 0, 2, 0, 0);
    assert_true(cn_app_upload_decision(b.a, &u, &kept, &b.err));
    check_text(kept.unknown, "Group");
    assert_true(cn_app_upload_decide(b.a, &b.app, NOW, &u, &d, &b.err));
    check_counts(&b, &u, 0, 2, 0, 0); /* no language */
    d.language = CN_S("Français");
    assert_true(cn_app_upload_decide(b.a, &b.app, NOW, &u, &d, &b.err));
    check_counts(&b, &u, 2, 0, 0, 0);
    u = get(&b, u.id);
    assert_true(cn_app_upload_decision(b.a, &u, &d, &b.err));
    check_text(d.date, "2026-05-01");
    check_text(d.language, "fr");
    check_text(d.unknown, "Group");
    d.date = CN_S("May 1");
    assert_false(cn_app_upload_decide(b.a, &b.app, NOW, &u, &d, &b.err));
    check_err(b.err, CN_INVALID, "upload.decision");
    assert_string_equal(b.err.where, "date");
    assert_string_equal(b.err.detail, "date");
    end(&b);
}

static void test_twins(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S(TABLE "1,a,a@x.test,fr,85,2026-05-01\n1,b,b@x.test,fr,85,2026-05-02\n"
                                        "1,c,c@x.test,fr,85,\n1,d,d@x.test,fr,85,2026-05-02\n"));
    cn_preview_list p = list(&b, &u, CN_ROW_IS_WRONG);
    assert_int_equal(p.n, 1);
    assert_int_equal(p.rows[0].line, 5);
    assert_int_equal(p.rows[0].twin, 3);
    /* A date of the whole file makes one of the row that has none. */
    cn_decision d = {.date = CN_S("2026-05-01")};
    assert_true(cn_app_upload_decide(b.a, &b.app, NOW, &u, &d, &b.err));
    p = list(&b, &u, CN_ROW_IS_WRONG);
    assert_int_equal(p.n, 2);
    assert_int_equal(p.rows[0].line, 4);
    assert_int_equal(p.rows[0].twin, 2);
    assert_true(cn_app_upload_drop_row(b.a, &b.app, NOW, &u, 2, true, &b.err));
    assert_int_equal(list(&b, &u, CN_ROW_IS_WRONG).n, 1);
    assert_true(cn_app_upload_drop_wrong(b.a, &b.app, NOW, &u, &b.err));
    check_counts(&b, &u, 1 + 1, 0, 0, 2);
    end(&b);
}

static void test_cancel(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S(TABLE "1,a,a@x.test,fr,85,2026-05-01\n"));
    cn_uploads all;
    assert_true(cn_app_upload_cancel(b.a, &b.app, NOW, &u, 0, &b.err));
    assert_int_equal(get(&b, u.id).state, CN_UPLOAD_DROPPED);
    assert_int_equal(get(&b, u.id).rows[CN_ROW_WAITING], 0);
    assert_true(cn_app_uploads_of(b.a, &b.app, b.own, 10, &all, &b.err));
    assert_int_equal(all.n, 0);
    end(&b);
}

static void test_retention(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S(TABLE "1,a,a@x.test,fr,85,2026-05-01\n"));
    assert_true(cn_store_uploads_tidy(b.app.store, (cn_time){NOW.sec + 29 * 86400, 0}, &b.err));
    assert_int_equal(get(&b, u.id).rows[CN_ROW_WAITING], 1);
    assert_true(cn_store_uploads_tidy(b.app.store, (cn_time){NOW.sec + 31 * 86400, 0}, &b.err));
    assert_int_equal(get(&b, u.id).rows[CN_ROW_WAITING], 0);
    assert_int_equal(get(&b, u.id).state, CN_UPLOAD_DROPPED);
    end(&b);
}

static void test_what_is_wrong(void **state) {
    bench b;
    start(&b, *state);
    cn_upload_row good = {.line = 2,
                          .learner_key = CN_S("1"),
                          .name = CN_S("Zoé"),
                          .email = CN_S("z@x.test"),
                          .result = CN_S("A"),
                          .decided_on = CN_S("2026-05-28")};
    cn_upload_row r = {.line = 2};
    check_problems(&b, &good, "");
    check_problems(&b, &r, "key missing, name missing, email missing, result assessment");
    r = good, r.name = CN_S("Zoé\u202eyoR");
    check_problems(&b, &r, "name control");
    r = good, r.email = CN_S("zoe@"), r.language = CN_S("de"), r.evidence = CN_S("ftp://x");
    check_problems(&b, &r, "email email, language language, evidence evidence");
    r = good, r.decided_on = CN_S("28/05/2026");
    check_problems(&b, &r, "date date");
    r = good, r.decided_on = CN_S("2026-02-30");
    check_problems(&b, &r, "date date-none");
    r = good, r.decided_on = CN_S("2026-13-01");
    check_problems(&b, &r, "date date-none");
    r = good, r.decided_on = CN_S("2026-06-15");
    check_problems(&b, &r, "date date-future");
    r = good, r.result = CN_S(""), r.method = CN_S("exam");
    check_problems(&b, &r, "result assessment");
    r.assessor = CN_S("Ann");
    check_problems(&b, &r, "");
    r = good, r.decided_on = CN_S(""), r.method = CN_S("exam");
    check_problems(&b, &r, "date missing");
    r = good, r.decided_on = CN_S("");
    check_problems(&b, &r, "");
    r = good, r.result = CN_S("\u00c9chou\u00e9e.");
    check_problems(&b, &r, "result not-passed");
    r = good, r.result = CN_S("Not Passed"), r.decision = CN_S("no");
    check_problems(&b, &r, "result not-passed, decision not-passed");
    r = good, r.result = CN_S("Failure analysis: passed"), r.decision = CN_S("Non-destructive testing");
    check_problems(&b, &r, "");
    r = good, r.twin = 7;
    check_problems(&b, &r, "key twin");
    r.before = 3;
    check_problems(&b, &r, "");
    end(&b);
}

static void test_tidy(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static const struct {
        cn_slice date, language, tidy_date, tidy_language;
    } cases[] = {
        {CN_S_INIT("2026-05-28"), CN_S_INIT("FR"), CN_S_INIT("2026-05-28"), CN_S_INIT("fr")},
        {CN_S_INIT("2026/5/3"), CN_S_INIT("Anglais"), CN_S_INIT("2026-05-03"), CN_S_INIT("en")},
        {CN_S_INIT("2026.05.28"), CN_S_INIT("en-CA"), CN_S_INIT("2026-05-28"), CN_S_INIT("en")},
        {CN_S_INIT("2026-05-28 00:00:00"), CN_S_INIT("FRANÇAIS"), CN_S_INIT("2026-05-28"), CN_S_INIT("fr")},
        {CN_S_INIT("05/28/2026"), CN_S_INIT("de"), CN_S_INIT("05/28/2026"), CN_S_INIT("de")},
        {CN_S_INIT("2026-13-01"), CN_S_INIT(""), CN_S_INIT("2026-13-01"), CN_S_INIT("")},
        {CN_S_INIT("20260528"), CN_S_INIT(" F "), CN_S_INIT("20260528"), CN_S_INIT("fr")},
        {CN_S_INIT("2026"), CN_S_INIT("E"), CN_S_INIT("2026"), CN_S_INIT("en")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_upload_row r = {.decided_on = cases[i].date,
                           .language = cases[i].language,
                           .name = CN_S("\u00a0 Zoé\r\n\tde\u00a0 la Tour ")};
        assert_true(cn_row_tidy(a, &r));
        check_text(r.name, "Zoé de la Tour");
        if (!cn_slice_eq(r.decided_on, cases[i].tidy_date)) fail_msg("%.*s", CN_ARG(r.decided_on));
        if (!cn_slice_eq(r.language, cases[i].tidy_language)) fail_msg("%.*s", CN_ARG(r.language));
    }
}

/* ---- Lines that are not as they should be ---- */

static void test_faults_are_of_their_rows(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S(TABLE "1,Roy, Zoé,z@x.test,fr,85,2026-05-01\n"
                                        "2,Sam \"Sammy\" Lee,s@x.test,en,80,2026-05-01\n"
                                        "3,Ann Lee,a@x.test,en,70,2026-05-01,,\n"
                                        "4,Bob Ray,b@x.test,en,75\n"
                                        "5,Eve Cut\n"));
    check_counts(&b, &u, 2, 3, 0, 0);
    cn_preview_list p = list(&b, &u, CN_ROW_IS_WRONG);
    check_text(p.rows[0].fault, "cells");
    check_text(p.rows[0].raw, "1 | Roy | Zoé | z@x.test | fr | 85 | 2026-05-01");
    check_problems(&b, &p.rows[0], "row cells, email email, language language, date date");
    check_text(p.rows[1].fault, "quote");
    check_text(p.rows[1].name, "Sam \"Sammy\" Lee");
    check_problems(&b, &p.rows[1], "row quote");
    check_text(p.rows[2].fault, "short");
    check_text(p.rows[2].raw, "5 | Eve Cut");
    check_problems(&b, &p.rows[2], "row short, email missing, result assessment");
    /* Who saves a row has looked at it. */
    cn_upload_row row = p.rows[1];
    assert_true(cn_app_upload_mend(b.a, &b.app, NOW, &u, &row, &b.err));
    check_counts(&b, &u, 3, 2, 0, 0);
    assert_true(cn_app_upload_row(b.a, &b.app, &u, 3, &row, &b.err));
    assert_int_equal(row.raw.n, 0);
    end(&b);
}

static void test_what_the_preview_says_of_many(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S("Matricule,Nom,Courriel,Langue,Groupe\n1,=Zoé,z@x.test,fr,\n"
                                  "2,Sam,s@x.test,fr,\n3,-,x,fr,\n"));
    cn_preview p = preview(&b, &u);
    assert_int_equal(p.unassessed, 3);
    assert_int_equal(p.formulas, 2);
    assert_int_equal(p.formula, 2);
    cn_decision d;
    assert_true(cn_app_upload_decision(b.a, &u, &d, &b.err));
    check_text(d.columns[CN_FIELD_KEY], "Matricule");
    check_text(d.columns[CN_FIELD_NAME], "Nom");
    check_text(d.columns[CN_FIELD_RESULT], "");
    check_text(d.unknown, "Groupe");
    d = (cn_decision){.date = CN_S("2026-05-01"), .method = CN_S("Exam"), .assessor = CN_S("Ann Lee")};
    assert_true(cn_app_upload_decide(b.a, &b.app, NOW, &u, &d, &b.err));
    u = get(&b, u.id);
    assert_true(cn_app_upload_decision(b.a, &u, &d, &b.err));
    check_text(d.columns[CN_FIELD_EMAIL], "Courriel");
    p = preview(&b, &u);
    assert_int_equal(p.unassessed, 0);
    assert_int_equal(p.counts[CN_ROW_IS_READY], 2);
    assert_true(cn_app_upload_drop_row(b.a, &b.app, NOW, &u, 2, true, &b.err));
    assert_int_equal(preview(&b, &u).formula, 4);
    end(&b);
}

/* ---- Large files ---- */

enum { LARGE = 2500 };

/* Every person twice: half of the rows are twins. */
static cn_slice large_file(bench *b) {
    cn_buf text = cn_buf_on(b->a, 0);
    cn_buf_add(&text, CN_S(TABLE));
    for (int i = 0; i < LARGE; i++)
        cn_buf_print(&text, "%d,Person %d,p%d@x.test,fr,85,2026-05-01\n", i % (LARGE / 2), i, i);
    assert_true(cn_buf_ok(&text));
    return cn_buf_slice(&text);
}

/* What one transaction has written another connection sees: this one looks on while rows come in. */
typedef struct onlooker {
    const place *p;
    int64_t most_at_once, seen, parts;
} onlooker;

static bool tell(void *self, size_t i, cn_upload_row *out, cn_err *err) {
    onlooker *o = self;
    int64_t seen = place_sql(o->p, "SELECT count(*) FROM upload_row");
    (void)err;
    if (seen - o->seen > o->most_at_once) o->most_at_once = seen - o->seen;
    o->parts += seen != o->seen;
    o->seen = seen;
    *out = (cn_upload_row){.line = (int64_t)i + 2, .learner_key = CN_S("1"), .name = CN_S("a")};
    return true;
}

static bool stop_short(void *self, size_t i, cn_upload_row *out, cn_err *err) {
    (void)self;
    *out = (cn_upload_row){.line = (int64_t)i + 2, .learner_key = CN_S("1"), .name = CN_S("a")};
    return i < LARGE - 1 || cn_fail(err, CN_UNAVAILABLE, "store.file", "as if the power had failed");
}

static void test_a_large_file_comes_in_by_and_by(void **state) {
    bench b;
    start(&b, *state);
    onlooker o = {.p = *state};
    cn_row_source rows = {&o, LARGE, tell};
    cn_upload u = {.id = CN_S("large"), .organisation = b.own, .version = b.version, .decision = CN_S("{}")};
    cn_audit why = {.organisation = b.own, .action = CN_S("upload.new")};
    if (!cn_store_upload_put(b.app.store, &u, &rows, &why, NOW, &b.err)) fail_msg("%s", b.err.detail);
    assert_int_equal(o.parts, 2); /* the third was whole only after the last row was told */
    assert_true(o.most_at_once <= 2000);
    assert_int_equal(get(&b, u.id).rows[CN_ROW_WAITING], LARGE);
    end(&b);
}

static void test_a_file_whose_reading_stops_is_shown_to_nobody(void **state) {
    bench b;
    start(&b, *state);
    cn_row_source rows = {NULL, LARGE, stop_short};
    cn_upload got, u = {.id = CN_S("half"), .organisation = b.own, .version = b.version, .decision = CN_S("{}")};
    cn_uploads all;
    assert_false(cn_store_upload_put(b.app.store, &u, &rows, NULL, NOW, &b.err));
    assert_true(place_sql(*state, "SELECT count(*) FROM upload_row") > 0);
    assert_false(cn_app_upload_get(b.a, &b.app, b.own, u.id, &got, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    assert_true(cn_app_uploads_of(b.a, &b.app, b.own, 10, &all, &b.err));
    assert_int_equal(all.n, 0);
    assert_true(cn_store_uploads_tidy(b.app.store, (cn_time){NOW.sec + 300, 0}, &b.err));
    assert_true(place_sql(*state, "SELECT count(*) FROM upload_row") > 0); /* it may still be under way */
    assert_true(cn_store_uploads_tidy(b.app.store, (cn_time){NOW.sec + 3600, 0}, &b.err));
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM upload_row"), 0);
    end(&b);
}

/* The first look judges every row; after it a change of one row writes to its learner's alone. */
static void test_a_change_looks_at_one_learner(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, large_file(&b));
    check_counts(&b, &u, LARGE / 2, LARGE / 2, 0, 0);
    place_sql(*state, "CREATE TABLE touched (line INTEGER)");
    place_sql(*state, "CREATE TRIGGER touching AFTER UPDATE ON upload_row "
                      "BEGIN INSERT INTO touched VALUES (new.line); END");
    assert_true(cn_app_upload_drop_row(b.a, &b.app, NOW, &u, 7, true, &b.err));
    check_counts(&b, &u, LARGE / 2, LARGE / 2 - 1, 0, 1);
    assert_int_equal(place_sql(*state, "SELECT count(DISTINCT line) FROM touched"), 2);
    cn_upload_row row;
    assert_true(cn_app_upload_row(b.a, &b.app, &u, 2 + LARGE / 2, &row, &b.err));
    row.learner_key = CN_S("another");
    assert_true(cn_app_upload_mend(b.a, &b.app, NOW, &u, &row, &b.err));
    check_counts(&b, &u, LARGE / 2 + 1, LARGE / 2 - 2, 0, 1);
    assert_int_equal(place_sql(*state, "SELECT count(DISTINCT line) FROM touched"), 3);
    assert_true(cn_app_upload_drop_wrong(b.a, &b.app, NOW, &u, &b.err));
    check_counts(&b, &u, LARGE / 2 + 1, 0, 0, LARGE / 2 - 1);
    place_sql(*state, "DROP TRIGGER touching");
    assert_true(cn_app_upload_confirm(b.a, &b.app, NOW, &u, 0, CN_S(""), &b.err));
    end(&b);
}

static bool confirm_as_shown(bench *b, const cn_upload *u, cn_slice stamp) {
    return cn_app_upload_confirm(b->a, &b->app, NOW, u, 0, stamp, &b->err);
}

/* A colleague's change of a text leaves every count as it was. */
static void test_a_change_of_a_text_is_shown_again(void **state) {
    bench b;
    cn_slice stamp;
    start(&b, *state);
    cn_upload u =
        upload(&b, CN_S(TABLE "1,Zo\u00e9,z@x.test,fr,85,2026-05-01\n2,Ann,a@x.test,en,70,2026-05-01\n"));
    cn_upload_row row = list(&b, &u, CN_ROW_IS_READY).rows[0];
    u = get(&b, u.id);
    assert_true(cn_app_upload_stamp(b.a, &b.app, &u, preview(&b, &u).counts, &stamp, &b.err));
    row.result = CN_S("58");
    assert_true(cn_app_upload_mend(b.a, &b.app, NOW, &u, &row, &b.err));
    /* Between the look and the confirmation, and between reading the upload and confirming it. */
    assert_false(confirm_as_shown(&b, &u, stamp));
    check_err(b.err, CN_CONFLICT, "upload.state");
    u = get(&b, u.id);
    check_counts(&b, &u, 2, 0, 0, 0);
    assert_false(confirm_as_shown(&b, &u, stamp));
    check_err(b.err, CN_CONFLICT, "upload.changed");
    assert_true(cn_app_upload_stamp(b.a, &b.app, &u, preview(&b, &u).counts, &stamp, &b.err));
    assert_true(confirm_as_shown(&b, &u, stamp));
    end(&b);
}

/* Cells that are hardly more than their separators would take many times the file's size. */
static void test_memory_goes_with_the_size(void **state) {
    bench b;
    start(&b, *state);
    cn_buf text = cn_buf_on(b.a, 0);
    cn_buf_add(&text, CN_S(TABLE));
    for (size_t i = 0; i < 33000; i++) {
        cn_buf_byte(&text, 'x');
        for (size_t k = 1; k < CN_SHEET_MAX_COLUMNS; k++) cn_buf_byte(&text, ',');
        cn_buf_byte(&text, '\n');
    }
    cn_upload_file file = {
        .organisation = b.own, .version = b.version, .language = CN_S("en"), .bytes = cn_buf_slice(&text)};
    cn_upload_report report;
    cn_slice id;
    assert_false(cn_app_upload_new(b.a, &b.app, NOW, &file, &report, &id, &b.err));
    assert_int_equal(b.err.code, CN_LIMIT);
    end(&b);
}

/* An award from elsewhere changes what a row is; the page knows a while later, and the confirmation at once. */
static void test_a_look_does_not_last(void **state) {
    bench b;
    start(&b, *state);
    cn_upload u = upload(&b, CN_S(TABLE "1,a,a@x.test,fr,85,2026-05-01\n"));
    check_counts(&b, &u, 1, 0, 0, 0);
    place_sql(*state, "UPDATE upload_row SET name = ''");
    check_counts(&b, &u, 1, 0, 0, 0);
    u = get(&b, u.id);
    assert_false(cn_app_upload_confirm(b.a, &b.app, NOW, &u, 0, CN_S(""), &b.err));
    check_err(b.err, CN_CONFLICT, "upload.wrong");
    check_counts(&b, &u, 0, 1, 0, 0);
    place_sql(*state, "UPDATE upload_row SET name = 'a'");
    const cn_preview_ask ask = {0};
    cn_preview p;
    u = get(&b, u.id);
    assert_true(cn_app_upload_preview(b.a, &b.app, (cn_time){NOW.sec + 601, 0}, &u, &ask, &p, &b.err));
    assert_int_equal(p.counts[CN_ROW_IS_READY], 1);
    end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_story, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_too_late, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_another_organisation, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_file_not_kept, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_whole_files_decision, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_twins, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_cancel, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_retention, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_what_is_wrong, place_make, place_remove),
        cmocka_unit_test(test_tidy),
        cmocka_unit_test_setup_teardown(test_faults_are_of_their_rows, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_what_the_preview_says_of_many, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_a_large_file_comes_in_by_and_by, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_a_file_whose_reading_stops_is_shown_to_nobody, place_make,
                                        place_remove),
        cmocka_unit_test_setup_teardown(test_a_change_looks_at_one_learner, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_a_change_of_a_text_is_shown_again, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_memory_goes_with_the_size, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_a_look_does_not_last, place_make, place_remove),
    };
    return cmocka_run_group_tests_name("app uploads", tests, NULL, NULL);
}
