/* SPDX-License-Identifier: Apache-2.0
 *
 * The document of an award: Open Badges 3.0 (sections B.1 to B.22) in Verifiable Credentials 2.0, in two languages
 * (vc/languages.h). Which facts are needed, and where each one goes.
 */
#include "app/form_inside.h"

/* ---- What is needed ---- */

bool cn_form_check_texts(const cn_form_need *all, size_t n, cn_err *err) {
    for (size_t i = 0; i < n; i++) {
        cn_slice name = cn_slice_of(all[i].name);
        if (!cn_slice_trim(all[i].text).n)
            return cn_fail_at(err, CN_INVALID, "form.missing", name, "It cannot do without its %.*s.",
                              CN_ARG(name));
        if (cn_utf8_invalid(all[i].text) != SIZE_MAX)
            return cn_fail_at(err, CN_INVALID, "form.utf8", name, "The %.*s is not valid UTF-8.", CN_ARG(name));
    }
    return true;
}

static bool check_language(const cn_form_texts *t, const char *name, cn_err *err) {
    const cn_form_need needs[] = {{name, t->name}, {name, t->description}, {name, t->criteria}};
    if (!cn_form_check_texts(needs, sizeof needs / sizeof needs[0], err)) return false;
    for (size_t i = 0; i < t->outcomes_n; i++)
        if (!cn_form_check_texts(&(cn_form_need){name, t->outcomes[i]}, 1, err)) return false;
    return true;
}

static bool check_needs(const cn_form_award *w, cn_err *err) {
    const cn_form_need needs[] = {
        {"origin", w->origin},
        {"id", w->id},
        {"issuer", w->issuer},
        {"organisation", w->organisation_id},
        {"organisation name (en)", w->organisation_name.en},
        {"organisation name (fr)", w->organisation_name.fr},
        {"achievement", w->achievement_id},
        {"name", w->name},
        {"salt", w->salt},
        {"status list", w->status_list},
    };
    if (!cn_slice_eq(w->language, CN_S("en")) && !cn_slice_eq(w->language, CN_S("fr")))
        return cn_fail(err, CN_INVALID, "form.language", "An award is in English or in French.");
    if (!cn_form_check_texts(needs, sizeof needs / sizeof needs[0], err)) return false;
    if (!check_language(&w->en, "text (en)", err) || !check_language(&w->fr, "text (fr)", err)) return false;
    if (w->en.outcomes_n != w->fr.outcomes_n)
        return cn_fail_at(err, CN_INVALID, "form.missing", CN_S("outcomes"),
                          "There are %zu outcomes in English and %zu in French.", w->en.outcomes_n,
                          w->fr.outcomes_n);
    if (w->valid_until && cn_time_cmp(w->valid_from, *w->valid_until) >= 0)
        return cn_fail_at(err, CN_INVALID, "form.date", CN_S("valid until"), "The award ends before it begins.");
    return true;
}

static bool is_utf8(const cn_form_award *w) {
    const cn_slice all[] = {w->result, w->decision, w->method, w->assessor, w->organisation_url};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (cn_utf8_invalid(all[i]) != SIZE_MAX) return false;
    return true;
}

/* Attendance alone awards nothing: there is a result, or somebody decided, on a day and in some way. */
static bool check_assessment(const cn_form_award *w, cn_time *decided_on, cn_err *err) {
    bool any = w->decided_on.n || w->decision.n || w->method.n || w->assessor.n;
    bool whole = w->decided_on.n && cn_slice_trim(w->method).n && cn_slice_trim(w->assessor).n;
    if (!is_utf8(w)) return cn_fail(err, CN_INVALID, "form.utf8", "The assessment is not valid UTF-8.");
    if (!cn_slice_trim(w->result).n && !whole)
        return cn_fail(err, CN_INVALID, "form.assessment",
                       "An award states a result, or a decision with its date, its method and who decided.");
    if (!any) return true;
    return (w->decided_on.n == 10 && cn_time_read_loose(w->decided_on, decided_on)) ||
           cn_fail_at(err, CN_INVALID, "form.date", CN_S("decided on"),
                      "The day of the assessment is written as 2026-05-28.");
}

/* ---- The subject ---- */

bool cn_form_email_hash(cn_arena *a, const cn_crypto *crypto, cn_slice email, cn_slice salt, cn_slice *out,
                        cn_err *err) {
    cn_mail_address address;
    cn_buf text = cn_buf_on(a, 0), hex = cn_buf_on(a, 0);
    if (!cn_mail_address_ok(a, email, true, &address, err)) {
        if (err->code == CN_LIMIT) return false;
        return cn_fail(err, CN_INVALID, "form.email", "This is no e-mail address.");
    }
    cn_buf_add(&text, address.key);
    cn_buf_add(&text, salt);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    cn_digest digest = cn_hash_of(crypto, CN_SHA256, cn_buf_slice(&text));
    cn_buf_add(&hex, CN_S("sha256$"));
    cn_hex_write(&hex, cn_digest_slice(&digest));
    if (!cn_buf_ok(&hex)) return cn_fail_memory(err);
    *out = cn_buf_slice(&hex);
    return true;
}

/* B.1.9: an object of its own kind, whose type is no list. */
static cn_json *identity(cn_form_maker *m, cn_slice type, bool hashed, cn_slice value) {
    cn_json *object = cn_json_object(m->arena);
    cn_form_text(m, object, CN_S("type"), CN_S("IdentityObject"));
    cn_form_text(m, object, CN_S("identityType"), type);
    cn_form_set(m, object, CN_S("hashed"), cn_json_bool(hashed));
    cn_form_text(m, object, CN_S("identityHash"), value);
    return object;
}

static cn_json *identities(cn_form_maker *m, const cn_form_award *w, cn_slice email_hash) {
    cn_json *list = cn_json_array(m->arena);
    cn_json *email = identity(m, CN_S("emailAddress"), true, email_hash);
    cn_form_text(m, email, CN_S("salt"), w->salt);
    cn_form_push(m, list, identity(m, CN_S("name"), false, w->name));
    cn_form_push(m, list, email);
    return list;
}

/* ---- The achievement ---- */

typedef struct work {
    cn_form_maker m;
    const cn_form_award *w;
    cn_slice achievement; /* its URL */
    cn_slice result_id, assessment_id;
    bool assessed;
    cn_time decided_on;
} work;

static cn_bilingual marked(work *k, cn_slice en, cn_slice fr) {
    return (cn_bilingual){.en = cn_form_marked(&k->m, k->w->demonstration, en, CN_S("en")),
                          .fr = cn_form_marked(&k->m, k->w->demonstration, fr, CN_S("fr"))};
}

static cn_json *outcomes(cn_form_maker *m, const cn_form_texts *t) {
    cn_json *list = cn_json_array(m->arena);
    for (size_t i = 0; i < t->outcomes_n; i++) cn_form_push(m, list, cn_json_string(m->arena, t->outcomes[i]));
    return list;
}

static void set_outcomes(work *k, cn_json *achievement) {
    bool french = cn_slice_eq(k->m.language, CN_S("fr"));
    cn_json *beside = cn_json_object(k->m.arena);
    if (!k->w->en.outcomes_n) return;
    cn_form_set(&k->m, achievement, CN_S("tag"), outcomes(&k->m, french ? &k->w->fr : &k->w->en));
    cn_form_set(&k->m, beside, k->m.other, outcomes(&k->m, french ? &k->w->en : &k->w->fr));
    cn_form_set(&k->m, achievement, CN_S("tagIn"), beside);
}

/* The form of the achievement in the other language, at an address of its own. */
static cn_json *related(work *k, cn_slice version) {
    cn_json *list = cn_json_array(k->m.arena), *one = cn_form_typed(&k->m, CN_S("Related"));
    bool french = cn_slice_eq(k->m.other, CN_S("fr"));
    cn_form_text(&k->m, one, CN_S("id"), cn_form_joined(&k->m, k->achievement, french ? "/fr" : "/en"));
    cn_form_text(&k->m, one, CN_S("inLanguage"), k->m.other);
    cn_form_text(&k->m, one, CN_S("version"), version);
    cn_form_push(&k->m, list, one);
    cn_form_sources(&k->m, k->w->design, list);
    return list;
}

static cn_json *result_description(work *k, cn_slice id, cn_bilingual name, cn_slice type) {
    cn_json *one = cn_form_typed(&k->m, CN_S("ResultDescription"));
    cn_form_text(&k->m, one, CN_S("id"), id);
    cn_form_say(&k->m, one, CN_S("name"), CN_S("nameIn"), name);
    cn_form_text(&k->m, one, CN_S("resultType"), type);
    return one;
}

static cn_json *result_descriptions(work *k) {
    cn_json *list = cn_json_array(k->m.arena);
    if (k->w->result.n)
        cn_form_push(&k->m, list, result_description(k, k->result_id, cn_form_result_name, CN_S("Result")));
    if (k->assessed)
        cn_form_push(&k->m, list,
                     result_description(k, k->assessment_id, cn_form_assessment_name, CN_S("Status")));
    return list;
}

static cn_json *criteria(work *k) {
    cn_json *object = cn_json_object(k->m.arena);
    cn_form_say(&k->m, object, CN_S("narrative"), CN_S("narrativeIn"),
                (cn_bilingual){.en = k->w->en.criteria, .fr = k->w->fr.criteria});
    return object;
}

/* A drawn one bears the names in the language of the credential. */
static cn_json *image(work *k) {
    bool french = cn_slice_eq(k->m.language, CN_S("fr"));
    cn_json *object = cn_json_object(k->m.arena);
    cn_form_text(&k->m, object, CN_S("id"),
                 cn_form_joined(&k->m, k->achievement, french ? "/fr/image.png" : "/en/image.png"));
    cn_form_text(&k->m, object, CN_S("type"), CN_S("Image"));
    return object;
}

/* The organisation under a name that stays when its keys do not. */
static cn_json *creator(work *k) {
    cn_json *object = cn_form_typed(&k->m, CN_S("Profile"));
    cn_form_text(&k->m, object, CN_S("id"), cn_form_issuer_url(k->m.arena, k->w->origin, k->w->organisation_id));
    return object;
}

/* Whole, with their signatures: whoever holds the credential can have each checked by itself. */
static void set_endorsements(work *k, cn_json *achievement) {
    cn_json *list = cn_json_array(k->m.arena);
    if (!k->w->endorsements_n) return;
    for (size_t i = 0; i < k->w->endorsements_n; i++) cn_form_push(&k->m, list, k->w->endorsements[i]);
    cn_form_set(&k->m, achievement, CN_S("endorsement"), list);
}

static cn_json *achievement(work *k) {
    cn_form_maker *m = &k->m;
    cn_json *object = cn_form_typed(m, CN_S("Achievement"));
    cn_slice version = {0};
    m->good = m->good && cn_arena_print(m->arena, &version, "%d", k->w->version);
    cn_form_text(m, object, CN_S("id"), k->achievement);
    cn_form_text(m, object, CN_S("achievementType"), CN_S("MicroCredential"));
    cn_form_text(m, object, CN_S("inLanguage"), m->language);
    cn_form_text(m, object, CN_S("version"), version);
    cn_form_say(m, object, CN_S("name"), CN_S("nameIn"), marked(k, k->w->en.name, k->w->fr.name));
    cn_form_say(m, object, CN_S("description"), CN_S("descriptionIn"),
                (cn_bilingual){.en = k->w->en.description, .fr = k->w->fr.description});
    cn_form_set(m, object, CN_S("criteria"), criteria(k));
    set_outcomes(k, object);
    cn_form_design(m, k->w->design, object);
    cn_form_set(m, object, CN_S("image"), image(k));
    cn_form_set(m, object, CN_S("creator"), creator(k));
    cn_form_set(m, object, CN_S("resultDescription"), result_descriptions(k));
    cn_form_set(m, object, CN_S("related"), related(k, version));
    set_endorsements(k, object);
    return object;
}

/* ---- The rest ---- */

static cn_json *results(work *k) {
    cn_json *list = cn_json_array(k->m.arena), *one;
    if (k->w->result.n) {
        one = cn_form_typed(&k->m, CN_S("Result"));
        cn_form_text(&k->m, one, CN_S("resultDescription"), k->result_id);
        cn_form_text(&k->m, one, CN_S("value"), k->w->result);
        cn_form_push(&k->m, list, one);
    }
    if (k->assessed) {
        one = cn_form_typed(&k->m, CN_S("Result"));
        cn_form_text(&k->m, one, CN_S("resultDescription"), k->assessment_id);
        cn_form_text(&k->m, one, CN_S("status"), CN_S("Completed"));
        cn_form_say(&k->m, one, CN_S("value"), CN_S("valueIn"), cn_form_assessment(&k->m, k->w, k->decided_on));
        cn_form_push(&k->m, list, one);
    }
    return list;
}

static cn_json *subject(work *k, cn_slice email_hash) {
    cn_json *object = cn_form_typed(&k->m, CN_S("AchievementSubject"));
    cn_form_set(&k->m, object, CN_S("identifier"), identities(&k->m, k->w, email_hash));
    cn_form_set(&k->m, object, CN_S("achievement"), achievement(k));
    cn_form_set(&k->m, object, CN_S("result"), results(k));
    return object;
}

static cn_json *issuer_of(work *k) {
    return cn_form_issuer(&k->m, k->w->issuer, k->w->organisation_name, k->w->organisation_url);
}

static cn_json *credential(work *k, cn_slice email_hash) {
    cn_form_maker *m = &k->m;
    cn_json *object = cn_json_object(m->arena), *types = cn_json_array(m->arena);
    cn_form_push(m, types, cn_json_string(m->arena, CN_S("VerifiableCredential")));
    cn_form_push(m, types, cn_json_string(m->arena, CN_S("OpenBadgeCredential")));
    cn_form_set(m, object, CN_S("@context"), cn_form_contexts(m, NULL));
    cn_form_text(m, object, CN_S("id"), cn_form_credential_url(m->arena, k->w->origin, k->w->id));
    cn_form_set(m, object, CN_S("type"), types);
    cn_form_text(m, object, CN_S("inLanguage"), m->language);
    cn_form_say(m, object, CN_S("name"), CN_S("nameIn"), marked(k, k->w->en.name, k->w->fr.name));
    cn_form_say(m, object, CN_S("description"), CN_S("descriptionIn"), cn_form_describe(m, k->w));
    cn_form_set(m, object, CN_S("issuer"), issuer_of(k));
    cn_form_time(m, object, CN_S("validFrom"), k->w->valid_from);
    if (k->w->valid_until) cn_form_time(m, object, CN_S("validUntil"), *k->w->valid_until);
    cn_form_set(m, object, CN_S("credentialSubject"), subject(k, email_hash));
    cn_form_set(m, object, CN_S("credentialStatus"),
                cn_form_status(m, k->w->origin, k->w->status_list, k->w->status_index));
    return object;
}

bool cn_form_credential(cn_arena *a, const cn_crypto *crypto, const cn_form_award *award, const cn_json **out,
                        cn_err *err) {
    bool french = cn_slice_eq(award->language, CN_S("fr"));
    work k = {.m = {a, true, french ? CN_S("fr") : CN_S("en"), french ? CN_S("en") : CN_S("fr")}, .w = award};
    cn_slice email_hash;
    if (!check_needs(award, err) || !check_assessment(award, &k.decided_on, err)) return false;
    if (!cn_form_email_hash(a, crypto, award->email, award->salt, &email_hash, err)) return false;
    k.assessed = award->decided_on.n > 0;
    k.achievement = cn_form_achievement_url(a, award->origin, award->achievement_id, award->version);
    k.result_id = cn_form_joined(&k.m, k.achievement, "#result");
    k.assessment_id = cn_form_joined(&k.m, k.achievement, "#assessment");
    const cn_json *document = credential(&k, email_hash);
    if (!k.m.good || !k.achievement.n) return cn_fail_memory(err);
    *out = document;
    return true;
}
