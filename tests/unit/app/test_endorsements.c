/* SPDX-License-Identifier: Apache-2.0
 *
 * Endorsements: asked for, given claim by claim, of the texts that were looked at, carried in an award, revoked;
 * and what employers accept an achievement for.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/endorsements.h"
#include "app/scopes.h"
#include "vc/endorsement.h"

static const cn_time NOW = {1780000000, 0}, LATER = {1780000100, 0};

typedef struct bench {
    cn_arena *a;
    cn_crypto *crypto;
    uint64_t seed;
    cn_random random;
    cn_loader contexts, own;
    cn_master master;
    cn_app app;
    int64_t college, employer, body;
    cn_slice scope;
    cn_slice achievement;
    cn_err err;
} bench;

static void good(bench *b, bool answer) {
    if (!answer) fail_msg("%s: %s (%s)", b->err.id, b->err.detail, b->err.where);
}

static int64_t put(bench *b, const char *id, const char *en, const char *fr) {
    cn_stored_organisation o = {.id = cn_slice_of(id), .name_en = cn_slice_of(en), .name_fr = cn_slice_of(fr)};
    int64_t number;
    good(b, cn_store_organisation_put(b->a, b->app.store, &o, NOW, &number, &b->err));
    return number;
}

static cn_slice outcomes_en[] = {CN_S_INIT("Keep a journal"), CN_S_INIT("Reconcile")};
static cn_slice outcomes_fr[] = {CN_S_INIT("Tenir un journal"), CN_S_INIT("Rapprocher")};

static cn_draft draft(bench *b, const char *criteria) {
    cn_draft d = {
        .en = {CN_S("Bookkeeping"), CN_S("Keeping books."), cn_slice_of(criteria), outcomes_en, 2},
        .fr = {CN_S("Tenue de livres"), CN_S("Tenir des livres."), CN_S("Réussir."), outcomes_fr, 2},
    };
    good(b, cn_json_read(b->a,
                         CN_S("{\"competencies\":[{\"framework\":\"ESCO\",\"uri\":\"https://esco.example/7\","
                              "\"label\":{\"en\":\"use ledgers\",\"fr\":\"utiliser des registres\"}}],"
                              "\"classification\":{\"noc\":[\"12200\"]}}"),
                         NULL, &d.design, &b->err));
    return d;
}

/* What the employer may endorse. */
static void allow(bench *b, const char *fields) {
    cn_organisation council = {.number = b->body, .id = CN_S("council")};
    cn_stored_scope scope = {.organisation.number = b->employer,
                             .body.number = b->body,
                             .purpose = CN_S("endorse"),
                             .fields = cn_slice_of(fields)};
    good(b, cn_app_quality_body_set(&b->app, NOW, &council, true, &b->err));
    good(b, cn_app_scope_grant(b->a, &b->app, NOW, 0, &scope, &b->scope, &b->err));
}

static bench *start(void **state) {
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->a = cn_arena_new(0);
    good(b, cn_crypto_new(&b->crypto, &b->err));
    b->seed = 1;
    b->random = (cn_random){&b->seed, mix};
    b->contexts = cn_builtin_loader(NULL);
    assert_true(cn_master_new(&b->random, &b->master, &b->err));
    b->app = (cn_app){.store = place_open(*state),
                      .crypto = b->crypto,
                      .contexts = &b->contexts,
                      .random = &b->random,
                      .origin = CN_S("https://cairn.example"),
                      .master = &b->master};
    b->own = (cn_loader){&b->app, cn_app_own_load};
    b->college = put(b, "north", "North Shore College", "Collège de la Rive-Nord");
    b->employer = put(b, "ledger", "Ledger Works", "Ateliers du Grand-Livre");
    b->body = put(b, "council", "Bookkeepers’ Council", "Conseil des aide-comptables");
    allow(b, "noc:122");
    cn_draft d = draft(b, "Pass.");
    good(b, cn_app_achievement_new(b->a, &b->app, NOW, b->college, 0, &d, &b->achievement, &b->err));
    return b;
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
    free(b);
}

static void publish(bench *b) {
    int version;
    good(b, cn_app_achievement_publish(b->a, &b->app, NOW, b->college, 0, b->achievement, (cn_slice){0}, &version,
                                       &b->err));
}

static cn_endorsable what(bench *b, int version) {
    cn_endorsable is;
    good(b, cn_app_endorsable(b->a, &b->app, b->college, b->achievement, version, &is, &b->err));
    return is;
}

static cn_slice asked(bench *b) {
    cn_slice id;
    cn_endorsement_ask ask = {.organisation = b->college,
                              .achievement_id = b->achievement,
                              .whom = CN_S("ledger"),
                              .message = CN_S("Please.")};
    good(b, cn_app_endorsement_ask(b->a, &b->app, NOW, &ask, &id, &b->err));
    return id;
}

static const cn_slice two_claims[] = {CN_S_INIT("in_demand:outcome-1"), CN_S_INIT("in_demand:competency-1"),
                                      CN_S_INIT("assessment_reflects_job:assessment-1")};

static cn_endorse answer(bench *b, cn_slice request) {
    return (cn_endorse){.organisation = b->employer,
                        .request = request,
                        .language = CN_S("en"),
                        .keys = two_claims,
                        .keys_n = 3,
                        .scope = {CN_S("Bookkeepers in Atlantic Canada"), CN_S("Aide-comptables de l’Atlantique")},
                        .comment = {CN_S("We hire for it."), CN_S("Nous embauchons pour cela.")},
                        .months = 12};
}

static cn_slice given(bench *b) {
    cn_endorse e = answer(b, asked(b));
    cn_slice id;
    good(b, cn_app_endorsement_give(b->a, &b->app, NOW, &e, &id, &b->err));
    return id;
}

static cn_endorsement get(bench *b, cn_slice id) {
    cn_endorsement e;
    good(b, cn_app_endorsement_get(b->a, &b->app, id, &e, &b->err));
    return e;
}

static cn_endorsement_state state_of(bench *b, cn_slice id, const cn_endorsable *is, cn_time now) {
    cn_endorsement e = get(b, id);
    cn_endorsement_state out;
    good(b, cn_app_endorsement_state(b->a, &b->app, &e, is, now, &out, &b->err));
    return out;
}

static void take_back(bench *b, cn_slice id) {
    bool done = false;
    cn_revoke r = {.organisation = b->employer, .award = id, .code = CN_S("withdrawn"), .reason = CN_S("Closed.")};
    good(b, cn_app_endorsement_revoke(b->a, &b->app, LATER, &r, &done, &b->err));
    assert_true(done);
}

static size_t holding(bench *b, int version) {
    cn_endorsable is = what(b, version);
    cn_endorsements list;
    good(b, cn_app_endorsements_holding(b->a, &b->app, LATER, &is, 10, &list, &b->err));
    return list.n;
}

static bool has(cn_slice text, const char *part) {
    return cn_slice_find(text, cn_slice_of(part)) != SIZE_MAX;
}

static void check(cn_slice got, const char *want) {
    if (!cn_slice_eq(got, cn_slice_of(want))) fail_msg("\"%.*s\" instead of \"%s\"", CN_ARG(got), want);
}

static const char *problem(const cn_report *r, const char *step) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (!strcmp(r->steps[i].id, step)) return r->steps[i].problem;
    return "no such step";
}

static cn_report verified(bench *b, cn_slice text) {
    cn_verify_options how = {.crypto = b->crypto,
                             .contexts = &b->contexts,
                             .resolver = &b->own,
                             .now = LATER,
                             .strict_bitstring = true};
    cn_report r;
    good(b, cn_verify(b->a, text, &how, &r, &b->err));
    return r;
}

/* ---- What it says ---- */

static void it_states_claim_by_claim_and_verifies(void **state) {
    bench *b = start(state);
    publish(b);
    cn_endorsement e = get(b, given(b));
    cn_report r;
    cn_endorsements_read read;
    good(b, cn_app_endorsement_check(b->a, &b->app, LATER, &e, &r, &b->err));
    if (r.verdict != CN_VERIFIED) fail_msg("%s", cn_verdict_name(r.verdict));
    assert_true(has(e.document, "\"type\":[\"VerifiableCredential\",\"EndorsementCredential\"]"));
    check(e.claims, "in_demand assessment_reflects_job");
    good(b, cn_endorsement_read(b->a, r.credential, CN_S("fr"), &read, &b->err));
    assert_int_equal(read.n, 3);
    check(read.v[0].claim, "in_demand");
    assert_true(has(read.v[0].part, "/versions/1#outcome-1"));
    check(read.v[1].part, "https://esco.example/7");
    check(read.v[2].claim, "assessment_reflects_job");
    check(read.scope, "Aide-comptables de l’Atlantique");
    assert_true(has(read.comment, "Cette compétence est en demande") && has(read.comment, "Nous embauchons"));
    good(b, cn_endorsement_read(b->a, r.credential, CN_S("en"), &read, &b->err));
    assert_true(has(read.comment, "This competency is in demand: “Keep a journal”. "));
    check(read.scope, "Bookkeepers in Atlantic Canada");
    end(b);
}

/* Whoever holds it may write the same statements under a context of another kind. */
/* What stands at the employer's domain, as it would publish it. */
static bool load_published(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    bench *b = self;
    cn_organisation o;
    *out = (cn_document){.media_type = CN_S("application/json"), .final_url = url};
    return cn_app_organisation_get(a, &b->app, b->employer, &o, err) &&
           cn_app_did_document(a, &b->app, NOW, &o, CN_S("firm.example"), &out->body, err);
}

/* It is checked without asking its domain, with the keys that it signed with there. */
static void one_that_is_signed_as_a_domain_verifies(void **state) {
    bench *b = start(state);
    const cn_loader web = {b, load_published};
    cn_document got;
    cn_report r;
    publish(b);
    good(b, cn_app_domain_use(b->a, &b->app, &web, NOW, b->employer, 0, CN_S("firm.example"), &b->err));
    cn_endorsement e = get(b, given(b));
    good(b, cn_app_endorsement_check(b->a, &b->app, LATER, &e, &r, &b->err));
    if (r.verdict != CN_VERIFIED) fail_msg("%s", cn_verdict_name(r.verdict));
    check(r.controller, "did:web:firm.example");
    /* Another domain is not known here, nor is this one before what was signed as it. */
    assert_false(
        cn_app_known_load(&b->app, b->a, CN_S("https://other.example/.well-known/did.json"), &got, &b->err));
    check_err(b->err, CN_NOT_FOUND, "store.none");
    assert_false(cn_app_known_load(&b->app, b->a, CN_S("https://firm.example/did.json"), &got, &b->err));
    check_err(b->err, CN_NOT_FOUND, "net.not-listed");
    /* It has left its domain since: what was signed as it stays good, here too. */
    good(b, cn_app_domain_use(b->a, &b->app, NULL, LATER, b->employer, 0, (cn_slice){0}, &b->err));
    good(b, cn_app_endorsement_check(b->a, &b->app, LATER, &e, &r, &b->err));
    assert_int_equal(r.verdict, CN_VERIFIED);
    end(b);
}

static void claims_under_another_context_are_not_read(void **state) {
    bench *b = start(state);
    publish(b);
    cn_endorsement e = get(b, given(b));
    const cn_json *credential;
    cn_endorsements_read read;
    size_t at = cn_slice_find(e.document, CN_S("\"claim\":{\"@id\""));
    cn_slice text;
    assert_true(at != SIZE_MAX);
    assert_true(cn_arena_print(b->a, &text, "%.*s\"extra\":{\"@id\":\"https://x.example/y\"},%.*s",
                               CN_ARG(cn_slice_sub(e.document, 0, at)), CN_ARG(cn_slice_from(e.document, at))));
    good(b, cn_json_read(b->a, text, NULL, &credential, &b->err));
    good(b, cn_endorsement_read(b->a, credential, CN_S("en"), &read, &b->err));
    assert_int_equal(read.n, 0);
    assert_int_equal(read.scope.n, 0);
    assert_true(read.comment.n > 0);
    end(b);
}

/* ---- Asking and answering ---- */

static void what_is_asked_is_answered_once(void **state) {
    bench *b = start(state);
    cn_slice id, request = asked(b);
    cn_endorsement_ask ask = {
        .organisation = b->college, .achievement_id = b->achievement, .whom = CN_S("ledger")};
    assert_false(cn_app_endorsement_ask(b->a, &b->app, NOW, &ask, &id, &b->err));
    assert_string_equal(b->err.id, "endorsement.asked");
    ask.whom = CN_S("north");
    assert_false(cn_app_endorsement_ask(b->a, &b->app, NOW, &ask, &id, &b->err));
    assert_string_equal(b->err.id, "endorsement.whom");
    assert_false(cn_app_endorsement_decline(b->a, &b->app, NOW, b->college, 0, request, CN_S(""), &b->err));
    assert_string_equal(b->err.id, "store.none");
    good(b, cn_app_endorsement_decline(b->a, &b->app, NOW, b->employer, 0, request, CN_S("No."), &b->err));
    assert_false(cn_app_endorsement_withdraw(b->a, &b->app, NOW, b->college, 0, request, &b->err));
    assert_string_equal(b->err.id, "endorsement.answered");
    cn_endorse e = answer(b, request);
    assert_false(cn_app_endorsement_give(b->a, &b->app, NOW, &e, &id, &b->err));
    assert_string_equal(b->err.id, "endorsement.answered");
    end(b);
}

static void refused(bench *b, cn_endorse e, const char *why) {
    cn_slice id;
    if (cn_app_endorsement_give(b->a, &b->app, NOW, &e, &id, &b->err)) fail_msg("%s was not refused", why);
    assert_string_equal(b->err.id, why);
}

static void what_says_nothing_or_something_else_is_refused(void **state) {
    bench *b = start(state);
    static const cn_slice unknown[] = {CN_S_INIT("in_demand:outcome-3")};
    cn_endorse e = answer(b, asked(b)), wrong = e;
    wrong.keys_n = 0;
    refused(b, wrong, "endorsement.claims");
    wrong = e, wrong.keys = unknown, wrong.keys_n = 1;
    refused(b, wrong, "endorsement.claims");
    wrong = e, wrong.scope.fr = CN_S(" ");
    refused(b, wrong, "endorsement.scope");
    wrong = e, wrong.comment.en = CN_S("");
    refused(b, wrong, "endorsement.comment");
    wrong = e, wrong.months = 7;
    refused(b, wrong, "endorsement.months");
    wrong = e, wrong.seen = CN_S("another");
    refused(b, wrong, "endorsement.changed");
    wrong = e, wrong.organisation = b->college;
    refused(b, wrong, "store.none");
    end(b);
}

static void what_lies_outside_the_scope_is_refused(void **state) {
    bench *b = start(state);
    cn_endorse e = answer(b, asked(b));
    good(b, cn_app_scope_withdraw(&b->app, NOW, 0, b->body, b->scope, CN_S("Ended."), &b->err));
    refused(b, e, "scope.withdrawn");
    allow(b, "noc:21");
    refused(b, e, "scope.field");
    allow(b, "noc:12");
    cn_slice id;
    good(b, cn_app_endorsement_give(b->a, &b->app, NOW, &e, &id, &b->err));
    end(b);
}

/* ---- Which count ---- */

static void one_of_a_draft_counts_for_the_version_that_says_the_same(void **state) {
    bench *b = start(state);
    given(b);
    assert_int_equal(holding(b, 1), 1);
    publish(b);
    assert_int_equal(holding(b, 1), 1);
    assert_int_equal(holding(b, 2), 0);
    end(b);
}

static void one_of_a_draft_does_not_count_for_other_texts(void **state) {
    bench *b = start(state);
    cn_slice id = given(b);
    cn_draft d = draft(b, "Come.");
    cn_achievement_change change = {.organisation = b->college, .id = b->achievement, .draft = &d};
    good(b, cn_app_achievement_save(b->a, &b->app, NOW, &change, &b->err));
    cn_endorsable is = what(b, 1);
    assert_int_equal(state_of(b, id, &is, LATER), CN_ENDORSEMENT_OTHER);
    assert_int_equal(holding(b, 1), 0);
    end(b);
}

static cn_slice awarded(bench *b);

/* The draft gets another design beside the same texts. */
static void redesign(bench *b, const char *design) {
    cn_draft d = draft(b, "Pass.");
    cn_achievement_change change = {.organisation = b->college, .id = b->achievement, .draft = &d};
    good(b, cn_json_read(b->a, cn_slice_of(design), NULL, &d.design, &b->err));
    good(b, cn_app_achievement_save(b->a, &b->app, NOW, &change, &b->err));
}

#define COMPETENCIES                                                                                              \
    "{\"competencies\":[{\"framework\":\"ESCO\",\"uri\":\"https://esco.example/7\",\"label\":"                    \
    "{\"en\":\"use ledgers\",\"fr\":\"utiliser des registres\"}}]"

/* What a scope is limited by is part of what was looked at: a draft that leaves the scope leaves its endorsement.
 */
static void one_of_a_draft_does_not_count_for_other_codes_or_levels(void **state) {
    bench *b = start(state);
    given(b);
    redesign(b, COMPETENCIES ",\"classification\":{\"noc\":[\"21222\"]}}");
    assert_int_equal(holding(b, 1), 0);
    redesign(b, COMPETENCIES ",\"classification\":{\"noc\":[\"12200\"]},\"levels\":[{\"framework\":\"EQF\","
                             "\"level\":7}]}");
    assert_int_equal(holding(b, 1), 0);
    redesign(b, COMPETENCIES ",\"classification\":{\"noc\":[\"12200\"]},\"duration_weeks\":9}");
    assert_int_equal(holding(b, 1), 1);
    redesign(b, COMPETENCIES ",\"classification\":{\"noc\":[\"21222\"]}}");
    publish(b);
    assert_int_equal(holding(b, 1), 0);
    assert_false(has(awarded(b), "EndorsementCredential"));
    end(b);
}

/* As one was kept before codes and levels were part of the digest. */
static void make_first_form(bench *b, const place *p) {
    cn_endorsable is = what(b, 1);
    char sql[200];
    (void)snprintf(sql, sizeof sql, "UPDATE endorsement SET digest = '%.*s'", CN_ARG(is.digest_of_first_form));
    (void)place_sql(p, sql);
}

/* It counts as long as the draft stays within the scope that the endorser had when it signed. */
static void one_of_the_first_form_is_held_against_the_scope(void **state) {
    bench *b = start(state);
    given(b);
    make_first_form(b, *state);
    assert_int_equal(holding(b, 1), 1);
    redesign(b, COMPETENCIES ",\"classification\":{\"noc\":[\"12201\"]}}"); /* within noc:122 */
    assert_int_equal(holding(b, 1), 1);
    good(b, cn_app_scope_withdraw(&b->app, LATER, 0, b->body, b->scope, CN_S("Ended."), &b->err));
    assert_int_equal(holding(b, 1), 1); /* it had the scope then */
    redesign(b, COMPETENCIES ",\"classification\":{\"noc\":[\"21222\"]}}");
    assert_int_equal(holding(b, 1), 0);
    publish(b);
    assert_int_equal(holding(b, 1), 0);
    assert_false(has(awarded(b), "EndorsementCredential"));
    end(b);
}

static void it_ends_and_it_is_revoked(void **state) {
    bench *b = start(state);
    cn_slice id = given(b);
    cn_endorsement e;
    cn_report r;
    assert_int_equal(state_of(b, id, NULL, (cn_time){NOW.sec + 366 * 86400, 0}), CN_ENDORSEMENT_ENDED);
    bool done;
    cn_revoke other = {.organisation = b->college, .award = id, .code = CN_S("error"), .reason = CN_S("x")};
    assert_false(cn_app_endorsement_revoke(b->a, &b->app, LATER, &other, &done, &b->err));
    assert_string_equal(b->err.id, "store.none");
    take_back(b, id);
    e = get(b, id);
    assert_int_equal(state_of(b, id, NULL, LATER), CN_ENDORSEMENT_REVOKED);
    check(e.revoke_code, "withdrawn");
    good(b, cn_app_endorsement_check(b->a, &b->app, LATER, &e, &r, &b->err));
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_string_equal(problem(&r, "status"), "revoked");
    assert_int_equal(holding(b, 1), 0);
    end(b);
}

static void the_newest_of_each_counts_and_the_record_names_them(void **state) {
    bench *b = start(state);
    const cn_json *record;
    cn_achievement is;
    given(b);
    given(b);
    assert_int_equal(holding(b, 1), 1);
    good(b, cn_app_achievement_get(b->a, &b->app, b->college, b->achievement, &is, &b->err));
    good(b, cn_app_endorsements_record(b->a, &b->app, LATER, &is, &record, &b->err));
    assert_int_equal(cn_json_count(record), 1);
    check(cn_json_get_text(cn_json_item(record, 0), CN_S("org")), "Ledger Works");
    assert_int_equal(cn_json_count(cn_json_get(cn_json_item(record, 0), CN_S("confirms"))), 2);
    end(b);
}

/* ---- In an award ---- */

static cn_slice awarded(bench *b) {
    cn_version v;
    cn_signer signer;
    cn_status_place at;
    cn_slice document;
    const cn_json **all;
    size_t n;
    good(b, cn_app_version_of(b->a, &b->app, b->achievement, 1, &v, &b->err));
    good(b, cn_app_endorsements_carried(b->a, &b->app, NOW, &v, &all, &n, &b->err));
    good(b, cn_app_signer(b->a, &b->app, NOW, b->college, &signer, &b->err));
    good(b, cn_app_status_reserve(b->a, &b->app, NOW, &signer, 1, &at, &b->err));
    cn_form_award facts = {.id = CN_S("A"),
                           .language = CN_S("fr"),
                           .organisation_id = CN_S("north"),
                           .organisation_name = {CN_S("North Shore College"), CN_S("Collège de la Rive-Nord")},
                           .achievement_id = v.achievement_id,
                           .version = v.version,
                           .en = {v.en.name, v.en.description, v.en.criteria, v.en.outcomes, v.en.outcomes_n},
                           .fr = {v.fr.name, v.fr.description, v.fr.criteria, v.fr.outcomes, v.fr.outcomes_n},
                           .valid_from = NOW,
                           .name = CN_S("Anne Roy"),
                           .email = CN_S("anne@example.org"),
                           .salt = CN_S("salt"),
                           .result = CN_S("B+"),
                           .status_list = at.list_id,
                           .status_index = at.place,
                           .endorsements = all,
                           .endorsements_n = n};
    good(b, cn_app_award_sign(b->a, &b->app, NOW, &signer, &facts, &document, &b->err));
    return document;
}

static void an_award_carries_it_and_tells_that_it_was_revoked(void **state) {
    bench *b = start(state);
    publish(b);
    cn_slice id = given(b), award = awarded(b);
    cn_report r = verified(b, award);
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_int_equal(r.endorsements_n, 1);
    assert_int_equal(r.endorsements[0].verdict, CN_VERIFIED);
    assert_false(r.endorsements[0].elsewhere);
    assert_string_equal(problem(&r, "endorsements"), "");
    assert_non_null(r.endorsements[0].credential);
    take_back(b, id);
    r = verified(b, award);
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_int_equal(r.endorsements[0].verdict, CN_NOT_VERIFIED);
    assert_true(r.endorsements[0].ended);
    assert_string_equal(r.endorsements[0].problem, "revoked");
    assert_string_equal(problem(&r, "endorsements"), "endorsement-revoked");
    assert_false(has(awarded(b), "EndorsementCredential"));
    end(b);
}

/* ---- Acceptances ---- */

static void an_employer_says_what_it_accepts_it_for(void **state) {
    bench *b = start(state);
    static const cn_slice words[] = {CN_S_INIT("accepted_for_hiring"), CN_S_INIT("accepted_as_prerequisite")};
    cn_accept accept = {.organisation = b->employer,
                        .achievement_id = b->achievement,
                        .language = CN_S("fr"),
                        .words = words,
                        .words_n = 2,
                        .occupation = CN_S("12200"),
                        .scope = {CN_S("Our offices"), CN_S("Nos bureaux")},
                        .months = 24};
    cn_slice id;
    cn_endorsements all;
    cn_report r;
    assert_false(cn_app_acceptance_give(b->a, &b->app, NOW, &accept, &id, &b->err));
    assert_string_equal(b->err.id, "store.none");
    publish(b);
    good(b, cn_app_acceptance_give(b->a, &b->app, NOW, &accept, &id, &b->err));
    good(b, cn_app_acceptances_holding(b->a, &b->app, LATER, b->achievement, &all, &b->err));
    assert_int_equal(all.n, 1);
    assert_true(has(all.v[0].document, "\"occupation\":\"NOC 12200\""));
    assert_true(has(all.v[0].document, "acceptée pour l’embauche (CNP 12200)."));
    assert_true(has(all.v[0].document, "accepted for hiring (NOC 12200)."));
    good(b, cn_app_endorsement_check(b->a, &b->app, LATER, &all.v[0], &r, &b->err));
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_int_equal(holding(b, 1), 0);
    accept.organisation = b->college; /* whose it is */
    assert_false(cn_app_acceptance_give(b->a, &b->app, NOW, &accept, &id, &b->err));
    assert_string_equal(b->err.id, "endorsement.whom");
    accept.organisation = b->employer;
    accept.words = two_claims;
    assert_false(cn_app_acceptance_give(b->a, &b->app, NOW, &accept, &id, &b->err));
    assert_string_equal(b->err.id, "form.claims");
    take_back(b, all.v[0].id);
    good(b, cn_app_acceptances_holding(b->a, &b->app, LATER, b->achievement, &all, &b->err));
    assert_int_equal(all.n, 0);
    end(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(it_states_claim_by_claim_and_verifies),
        place_test(one_that_is_signed_as_a_domain_verifies),
        place_test(claims_under_another_context_are_not_read),
        place_test(what_is_asked_is_answered_once),
        place_test(what_says_nothing_or_something_else_is_refused),
        place_test(what_lies_outside_the_scope_is_refused),
        place_test(one_of_a_draft_counts_for_the_version_that_says_the_same),
        place_test(one_of_a_draft_does_not_count_for_other_texts),
        place_test(one_of_a_draft_does_not_count_for_other_codes_or_levels),
        place_test(one_of_the_first_form_is_held_against_the_scope),
        place_test(it_ends_and_it_is_revoked),
        place_test(the_newest_of_each_counts_and_the_record_names_them),
        place_test(an_award_carries_it_and_tells_that_it_was_revoked),
        place_test(an_employer_says_what_it_accepts_it_for),
    };
    return cmocka_run_group_tests_name("app/endorsements", tests, NULL, NULL);
}
