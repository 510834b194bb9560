/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys at work: the first one, the next one, a domain; places in lists; an award that is signed, verified,
 * revoked, and what this server answers about itself.
 */
#include <pthread.h>

#include "../store/place.h"
#include "randoms.h"
#include "app/achievements.h"
#include "app/keys.h"
#include "vc/vc.h"

static const cn_time NOW = {1780000000, 0}, LATER = {1780000100, 0};

typedef struct bench {
    const place *p;
    cn_arena *a;
    cn_crypto *crypto;
    uint64_t seed;
    cn_random random;
    cn_loader contexts, own, web;
    cn_slice published; /* what the web answers with at college.example; empty: nothing */
    cn_master master;
    cn_app app;
    int64_t organisation, other;
    int woken;
    cn_err err;
} bench;

static bool load_web(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    bench *b = self;
    (void)a;
    if (!b->published.n || !cn_slice_eq(url, CN_S("https://college.example/.well-known/did.json")))
        return cn_fail(err, CN_UNAVAILABLE, "net.connect", "nobody answers.");
    *out = (cn_document){.body = b->published, .final_url = url};
    return true;
}

static void wake(void *self) {
    ++*(int *)self;
}

static int64_t put(bench *b, const char *id, const char *en, const char *fr) {
    cn_stored_organisation o = {.id = cn_slice_of(id), .name_en = cn_slice_of(en), .name_fr = cn_slice_of(fr)};
    int64_t number;
    if (!cn_store_organisation_put(b->a, b->app.store, &o, NOW, &number, &b->err)) fail_msg("%s", b->err.detail);
    return number;
}

static bench *start(void **state) {
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->p = *state;
    b->a = cn_arena_new(0);
    if (!cn_crypto_new(&b->crypto, &b->err)) fail_msg("%s", b->err.detail);
    b->seed = 1;
    b->random = (cn_random){&b->seed, mix};
    b->contexts = cn_builtin_loader(NULL);
    assert_true(cn_master_new(&b->random, &b->master, &b->err));
    b->app = (cn_app){.store = place_open(b->p),
                      .crypto = b->crypto,
                      .contexts = &b->contexts,
                      .random = &b->random,
                      .origin = CN_S("https://cairn.example"),
                      .master = &b->master,
                      .wake = wake,
                      .wake_self = &b->woken};
    b->own = (cn_loader){&b->app, cn_app_own_load};
    b->web = (cn_loader){b, load_web};
    b->organisation = put(b, "north", "North Shore College", "Collège de la Rive-Nord");
    b->other = put(b, "south", "South College", "Collège du Sud");
    return b;
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
    free(b);
}

static void good(bench *b, bool answer) {
    if (!answer) fail_msg("%s: %s (%s)", b->err.id, b->err.detail, b->err.where);
}

static cn_signer signer(bench *b) {
    cn_signer s;
    good(b, cn_app_signer(b->a, &b->app, NOW, b->organisation, &s, &b->err));
    return s;
}

static cn_stored_keys keys(bench *b) {
    cn_stored_keys all;
    good(b, cn_app_keys(b->a, &b->app, NOW, b->organisation, &all, &b->err));
    return all;
}

static cn_report verified(bench *b, cn_slice text, const cn_registry *registry) {
    cn_verify_options how = {.crypto = b->crypto,
                             .contexts = &b->contexts,
                             .resolver = &b->own,
                             .registry = registry,
                             .now = LATER,
                             .strict_bitstring = true};
    cn_report r;
    good(b, cn_verify(b->a, text, &how, &r, &b->err));
    return r;
}

static const char *problem(const cn_report *r, const char *step) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (!strcmp(r->steps[i].id, step)) return r->steps[i].problem;
    return "no such step";
}

/* ---- Keys ---- */

static void the_first_key_is_made_once(void **state) {
    bench *b = start(state);
    cn_signer s = signer(b), again = signer(b);
    assert_int_equal(s.key, again.key);
    assert_true(cn_slice_starts(s.issuer, CN_S("did:key:z6Mk")));
    assert_memory_equal(s.private_key.bytes, again.private_key.bytes, 32);
    assert_int_equal(keys(b).n, 1);
    cn_signer_wipe(&s);
    assert_int_equal(s.private_key.n, 0);
    end(b);
}

static void a_retired_key_keeps_its_dates_and_another_awards(void **state) {
    bench *b = start(state);
    cn_signer first = signer(b);
    good(b, cn_app_key_retire(b->a, &b->app, LATER, b->organisation, 0, &b->err));
    cn_signer second = signer(b);
    assert_true(first.key != second.key && !cn_slice_eq(first.issuer, second.issuer));
    cn_stored_keys all = keys(b);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.v[0].retired_at.sec, 0);
    assert_int_equal(all.v[1].created_at.sec, NOW.sec);
    assert_int_equal(all.v[1].retired_at.sec, LATER.sec);
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM audit WHERE action IN ('key.made', 'key.retired')"), 2);
    end(b);
}

static void without_its_master_key_a_server_cannot_sign(void **state) {
    bench *b = start(state);
    cn_master other = {{1, 2, 3}};
    cn_signer s = signer(b);
    b->app.master = NULL;
    assert_false(cn_app_signer(b->a, &b->app, NOW, b->organisation, &s, &b->err));
    check_err(b->err, CN_UNAVAILABLE, "keys.master");
    b->app.master = &other;
    assert_false(cn_app_signer(b->a, &b->app, NOW, b->organisation, &s, &b->err));
    check_err(b->err, CN_UNAVAILABLE, "keys.master");
    end(b);
}

static void a_sealed_key_in_another_row_is_refused(void **state) {
    bench *b = start(state);
    cn_signer s = signer(b);
    good(b, cn_app_signer(b->a, &b->app, NOW, b->other, &s, &b->err));
    (void)place_sql(b->p, "UPDATE signing_key SET sealed = (SELECT sealed FROM signing_key WHERE number = 2) "
                          "WHERE number = 1");
    assert_false(cn_app_signer(b->a, &b->app, NOW, b->organisation, &s, &b->err));
    check_err(b->err, CN_INTERNAL, "keys.broken");
    end(b);
}

/* ---- Places ---- */

static void a_place_is_given_once_and_a_half_full_list_is_followed_by_another(void **state) {
    bench *b = start(state);
    cn_signer s = signer(b);
    static cn_status_place first[3000], second[3000];
    good(b, cn_app_status_reserve(b->a, &b->app, NOW, &s, 3000, first, &b->err));
    good(b, cn_app_status_reserve(b->a, &b->app, NOW, &s, 3000, second, &b->err));
    assert_int_equal(first[0].list, second[0].list);
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM status_place"), 6000);
    assert_int_equal(place_sql(b->p, "SELECT taken FROM status_list"), 6000);
    assert_true(place_sql(b->p, "SELECT max(place) FROM status_place") > 120000);
    assert_true(place_sql(b->p, "SELECT length(document) FROM status_list") > 500);
    (void)place_sql(b->p, "UPDATE status_list SET taken = 65000");
    good(b, cn_app_status_reserve(b->a, &b->app, NOW, &s, 3000, second, &b->err));
    assert_true(first[0].list != second[0].list);
    end(b);
}

enum { AT_ONCE = 4, TIMES = 25, EACH = 8 };

typedef struct worker {
    const bench *b;
    cn_store *store;
    uint64_t seed;
    pthread_t thread;
    bool good;
    cn_err err;
} worker;

/* As a process of its own would: the first key, then places. */
static void *work(void *self) {
    worker *w = self;
    cn_random random = {&w->seed, mix};
    cn_app app = w->b->app;
    app.store = w->store;
    app.random = &random;
    w->good = true;
    for (int i = 0; i < TIMES && w->good; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_signer s;
        cn_status_place places[EACH];
        w->good = cn_app_signer(a, &app, NOW, w->b->organisation, &s, &w->err) &&
                  cn_app_status_reserve(a, &app, NOW, &s, EACH, places, &w->err);
    }
    return NULL;
}

static void several_at_once_make_one_key_and_share_no_place(void **state) {
    bench *b = start(state);
    worker workers[AT_ONCE] = {{0}};
    for (size_t i = 0; i < AT_ONCE; i++) {
        workers[i] = (worker){.b = b, .seed = i + 7};
        good(b, cn_store_open(cn_slice_of(b->p->db), &(cn_store_options){.now = NOW}, &workers[i].store, &b->err));
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < AT_ONCE; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        if (!workers[i].good) fail_msg("%s: %s", workers[i].err.id, workers[i].err.detail);
        cn_store_close(workers[i].store);
    }
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM signing_key"), 1);
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM status_place"), AT_ONCE * TIMES * EACH);
    assert_int_equal(place_sql(b->p, "SELECT sum(taken) FROM status_list"), AT_ONCE * TIMES * EACH);
    end(b);
}

/* ---- An award from end to end ---- */

static int64_t version(bench *b) {
    cn_achievement_text en = {.name = CN_S("Bookkeeping"), .description = CN_S("d"), .criteria = CN_S("c")},
                        fr = {.name = CN_S("Tenue de livres"), .description = CN_S("d"), .criteria = CN_S("c")};
    cn_draft draft = {.en = en, .fr = fr};
    cn_version v;
    cn_slice id;
    int number;
    good(b, cn_app_achievement_new(b->a, &b->app, NOW, b->organisation, 0, &draft, &id, &b->err));
    good(b,
         cn_app_achievement_publish(b->a, &b->app, NOW, b->organisation, 0, id, (cn_slice){0}, &number, &b->err));
    good(b, cn_app_version_of(b->a, &b->app, id, 0, &v, &b->err));
    return v.number;
}

/* Signs an award and keeps its row. */
static cn_slice award(bench *b, const char *id) {
    cn_signer s = signer(b);
    cn_status_place taken;
    cn_slice document, sql;
    good(b, cn_app_status_reserve(b->a, &b->app, NOW, &s, 1, &taken, &b->err));
    cn_form_texts t = {CN_S("Bookkeeping"), CN_S("d"), CN_S("c"), NULL, 0};
    cn_form_award facts = {
        .id = cn_slice_of(id),
        .language = CN_S("fr"),
        .organisation_id = CN_S("north"),
        .organisation_name = {CN_S("North Shore College"), CN_S("Collège de la Rive-Nord")},
        .achievement_id = CN_S("x"),
        .version = 1,
        .en = t,
        .fr = t,
        .valid_from = NOW,
        .name = CN_S("Anne Roy"),
        .email = CN_S("anne@example.org"),
        .salt = CN_S("salt"),
        .result = CN_S("82 %"),
        .status_list = taken.list_id,
        .status_index = taken.place,
    };
    good(b, cn_app_award_sign(b->a, &b->app, NOW, &s, &facts, &document, &b->err));
    assert_true(cn_arena_print(
        b->a, &sql,
        "INSERT INTO award (id, organisation, achievement, version, learner_key, name, email, language, result, "
        "decision, decided_on, method, assessor, evidence, document, status_list, status_place, awarded_at, "
        "page_on, "
        "check_code, mail_problem, revoke_code, revoke_reason) VALUES ('%s', %lld, 1, %lld, '%s', 'Anne Roy', "
        "'anne@example.org', 'fr', '82', '', '2026-05-01', '', '', '', '{}', %lld, %lld, 1780000000, 1, '%s', '', "
        "'', "
        "'')",
        id, (long long)b->organisation, (long long)version(b), id, (long long)taken.list, (long long)taken.place,
        id));
    (void)place_sql(b->p, sql.p);
    return document;
}

static bool take_back(bench *b, int64_t organisation, const char *code, const char *id, bool *done) {
    cn_revoke what = {.organisation = organisation,
                      .award = cn_slice_of(id),
                      .code = cn_slice_of(code),
                      .reason = CN_S("a secret of the institution")};
    return cn_app_award_revoke(b->a, &b->app, LATER, &what, done, &b->err);
}

static void an_award_verifies_until_it_is_revoked(void **state) {
    bench *b = start(state);
    cn_slice text = award(b, "A"), another = award(b, "B");
    bool done = false;
    assert_int_equal(verified(b, text, NULL).verdict, CN_VERIFIED);
    b->woken = 0; /* what was published woke it, too */
    good(b, take_back(b, b->organisation, "withdrawn", "A", &done));
    assert_true(done);
    cn_report r = verified(b, text, NULL);
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_string_equal(problem(&r, "status"), "revoked");
    assert_int_equal(verified(b, another, NULL).verdict, CN_VERIFIED);
    assert_int_equal(
        place_sql(b->p, "SELECT count(*) FROM audit WHERE action = 'award.revoked' AND subject = 'A'"), 1);
    assert_int_equal(
        place_sql(b->p, "SELECT count(*) FROM mail WHERE kind = 'revoked' AND facts NOT LIKE '%secret%'"), 1);
    assert_int_equal(b->woken, 1);
    good(b, take_back(b, b->organisation, "withdrawn", "A", &done));
    assert_false(done);
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM mail"), 1);
    end(b);
}

/* Who claimed it reads mail elsewhere by now, in another language. */
static void a_holder_is_told_of_a_revocation_at_their_own_address(void **state) {
    bench *b = start(state);
    bool done;
    (void)award(b, "A");
    (void)award(b, "B");
    (void)place_sql(b->p, "INSERT INTO person VALUES (7, 'p', 'Anne', 'en', 1)");
    (void)place_sql(b->p, "INSERT INTO address VALUES ('anne@old.example', 7, 0, 1)");
    (void)place_sql(b->p, "INSERT INTO address VALUES ('anne@home.example', 7, 1, 1)");
    (void)place_sql(b->p, "UPDATE award SET holder = 7, claimed_at = 1780000000 WHERE id = 'A'");
    good(b, take_back(b, b->organisation, "withdrawn", "A", &done));
    good(b, take_back(b, b->organisation, "withdrawn", "B", &done));
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM mail m JOIN award a ON a.number = m.award WHERE "
                                     "a.id = 'A' AND m.recipient = 'anne@home.example' AND m.language = 'en'"),
                     1);
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM mail m JOIN award a ON a.number = m.award WHERE "
                                     "a.id = 'B' AND m.recipient = 'anne@example.org' AND m.language = 'fr'"),
                     1);
    end(b);
}

static void what_is_awarded_on_this_machine_is_a_demonstration(void **state) {
    static const struct {
        const char *origin;
        bool marked;
    } rows[] = {{"https://localhost:8443", true},
                {"http://127.0.0.1:80", true},
                {"https://[::1]", true},
                {"https://cairn.localhost", true},
                {"https://localhost.example", false},
                {"https://cairn.example:8443", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench *b = start(state);
        b->app.origin = cn_slice_of(rows[i].origin);
        cn_slice id;
        assert_true(cn_arena_print(b->a, &id, "A%zu", i));
        bool marked = cn_slice_find(award(b, id.p), CN_S("Démonstration")) != SIZE_MAX;
        if (marked != rows[i].marked) fail_msg("%s", rows[i].origin);
        end(b);
        place_remove(state);
        place_make(state);
    }
}

static void what_cannot_be_revoked_is_refused(void **state) {
    bench *b = start(state);
    bool done = false;
    (void)award(b, "A");
    assert_false(take_back(b, b->other, "withdrawn", "A", &done));
    check_err(b->err, CN_NOT_FOUND, "store.none");
    assert_false(take_back(b, b->organisation, "withdrawn", "none", &done));
    check_err(b->err, CN_NOT_FOUND, "store.none");
    assert_false(take_back(b, b->organisation, "cheated", "A", &done));
    check_err(b->err, CN_INVALID, "revoke.code");
    b->app.master = NULL;
    assert_false(take_back(b, b->organisation, "error", "A", &done));
    check_err(b->err, CN_UNAVAILABLE, "keys.master");
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM award WHERE revoked_at IS NOT NULL"), 0);
    end(b);
}

/* The list belongs to the key that began it, whatever the organisation awards with now. */
static void a_retired_key_still_revokes_what_it_signed(void **state) {
    bench *b = start(state);
    cn_slice text = award(b, "A");
    bool done;
    good(b, cn_app_key_retire(b->a, &b->app, LATER, b->organisation, 0, &b->err));
    assert_int_equal(verified(b, text, NULL).verdict, CN_VERIFIED);
    cn_slice later = award(b, "B");
    good(b, take_back(b, b->organisation, "error", "A", &done));
    cn_report r = verified(b, text, NULL);
    assert_string_equal(problem(&r, "status"), "revoked");
    assert_int_equal(verified(b, later, NULL).verdict, CN_VERIFIED);
    end(b);
}

/* ---- Whom this server knows ---- */

static void its_organisations_are_known_and_their_names_are_theirs(void **state) {
    bench *b = start(state);
    cn_own_registry own = {&b->app, NULL};
    cn_registry registry = cn_app_registry(&own);
    cn_report r = verified(b, award(b, "A"), &registry);
    assert_int_equal(r.verdict, CN_VERIFIED);
    check_text(r.issuer.name, "North Shore College");
    check_text(r.issuer.list, "cairn.example");
    check_text(r.issuer.url, "https://cairn.example/issuers/north");
    bool found, imposes;
    cn_known_issuer who;
    good(b, registry.find(registry.self, b->a, CN_S("did:key:z6MkOther"), CN_S("collège DE LA rive nord"), &found,
                          &who, &imposes, &b->err));
    assert_true(!found && imposes);
    good(b, registry.find(registry.self, b->a, CN_S("did:key:z6MkOther"), CN_S("East College"), &found, &who,
                          &imposes, &b->err));
    assert_true(!found && !imposes);
    end(b);
}

/* ---- Documents and domains ---- */

static const cn_json *json(bench *b, cn_slice text) {
    const cn_json *v;
    good(b, cn_json_read(b->a, text, NULL, &v, &b->err));
    return v;
}

static void the_controller_document_lists_every_key_with_its_dates(void **state) {
    bench *b = start(state);
    cn_document got;
    cn_signer s = signer(b);
    good(b, cn_app_key_retire(b->a, &b->app, LATER, b->organisation, 0, &b->err));
    good(b, b->own.load(b->own.self, b->a, CN_S("https://cairn.example/issuers/north?x#y"), &got, &b->err));
    const cn_json *d = json(b, got.body);
    check_text(cn_json_get_text(d, CN_S("id")), "https://cairn.example/issuers/north");
    assert_int_equal(cn_json_count(cn_json_get(d, CN_S("verificationMethod"))), 2);
    assert_int_equal(cn_json_count(cn_json_get(d, CN_S("assertionMethod"))), 2);
    const cn_json *old = cn_json_item(cn_json_get(d, CN_S("signedAs")), 1);
    assert_true(cn_slice_eq(cn_json_get_text(old, CN_S("issuer")), s.issuer));
    check_text(cn_json_get_text(old, CN_S("from")), "2026-05-28T20:26:40Z");
    check_text(cn_json_get_text(old, CN_S("until")), "2026-05-28T20:28:20Z");
    assert_false(b->own.load(b->own.self, b->a, CN_S("https://cairn.example/issuers/none"), &got, &b->err));
    check_err(b->err, CN_NOT_FOUND, "net.not-listed");
    assert_false(b->own.load(b->own.self, b->a, CN_S("https://cairn.example"), &got, &b->err));
    check_err(b->err, CN_NOT_FOUND, "net.not-listed");
    end(b);
}

static cn_slice did_document(bench *b, const char *domain) {
    cn_organisation o;
    cn_slice text;
    good(b, cn_app_organisation_get(b->a, &b->app, b->organisation, &o, &b->err));
    good(b, cn_app_did_document(b->a, &b->app, NOW, &o, cn_slice_of(domain), &text, &b->err));
    return text;
}

static bool use(bench *b, const char *domain) {
    return cn_app_domain_use(b->a, &b->app, &b->web, LATER, b->organisation, 0, cn_slice_of(domain), &b->err);
}

static void a_domain_is_used_once_it_lists_every_key(void **state) {
    bench *b = start(state);
    cn_signer first = signer(b);
    assert_false(use(b, "college.example"));
    check_err(b->err, CN_UNAVAILABLE, "net.connect");
    b->published = CN_S("<html>");
    assert_false(use(b, "college.example"));
    check_err(b->err, CN_INVALID, "domain.json");
    b->published = did_document(b, "other.example");
    assert_false(use(b, "college.example"));
    check_err(b->err, CN_INVALID, "domain.other");
    cn_slice before = did_document(b, "college.example");
    good(b, cn_app_key_retire(b->a, &b->app, LATER, b->organisation, 0, &b->err));
    b->published = before;
    assert_false(use(b, "college.example"));
    check_err(b->err, CN_INVALID, "domain.keys");
    b->published = did_document(b, "college.example");
    good(b, use(b, "college.example"));
    cn_signer s = signer(b);
    check_text(s.issuer, "did:web:college.example");
    assert_true(cn_slice_starts(s.method, CN_S("did:web:college.example#z6Mk")));
    assert_false(cn_slice_eq(s.issuer, first.issuer));
    assert_true(cn_slice_eq(did_document(b, "college.example"), b->published));
    good(b, use(b, ""));
    assert_true(cn_slice_starts(signer(b).issuer, CN_S("did:key:")));
    end(b);
}

static void what_is_no_domain_is_refused(void **state) {
    bench *b = start(state);
    static const char *const odd[] = {"college",          "College.example",  "https://college.example",
                                      "college.example/", "-a.b.c.d",         "college.example:8",
                                      ".college.example", "college..example", "a-.example",
                                      "college.example."};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_false(use(b, odd[i]));
        check_err(b->err, CN_INVALID, "domain.form");
    }
    end(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(the_first_key_is_made_once),
        place_test(a_retired_key_keeps_its_dates_and_another_awards),
        place_test(without_its_master_key_a_server_cannot_sign),
        place_test(a_sealed_key_in_another_row_is_refused),
        place_test(a_place_is_given_once_and_a_half_full_list_is_followed_by_another),
        place_test(several_at_once_make_one_key_and_share_no_place),
        place_test(an_award_verifies_until_it_is_revoked),
        place_test(a_holder_is_told_of_a_revocation_at_their_own_address),
        place_test(what_is_awarded_on_this_machine_is_a_demonstration),
        place_test(what_cannot_be_revoked_is_refused),
        place_test(a_retired_key_still_revokes_what_it_signed),
        place_test(its_organisations_are_known_and_their_names_are_theirs),
        place_test(the_controller_document_lists_every_key_with_its_dates),
        place_test(a_domain_is_used_once_it_lists_every_key),
        place_test(what_is_no_domain_is_refused),
    };
    return cmocka_run_group_tests_name("app/keys", tests, NULL, NULL);
}
