/* SPDX-License-Identifier: Apache-2.0
 *
 * The document of an endorsement: Open Badges 3.0 (B.1 EndorsementCredential) in two languages, with what it
 * states one by one (vc/endorsement.h); and the sentences of Cairn's own in it, which are signed and so never
 * worded anew.
 */
#include "app/form_inside.h"
#include "vc/endorsement.h"

#define NBSP "\u00a0"

const cn_form_claim_kind cn_form_claims[] = {
    {CN_S_INIT("in_demand"), false, true},
    {CN_S_INIT("assessment_reflects_job"), false, true},
    {CN_S_INIT("accepted_for_hiring"), true, false},
    {CN_S_INIT("accepted_for_training"), true, false},
    {CN_S_INIT("accepted_as_prerequisite"), true, false},
};
const size_t cn_form_claims_n = sizeof cn_form_claims / sizeof cn_form_claims[0];

/* ---- Words ---- */

/* In the order of cn_form_claims. What is said of a competency goes on with its name. */
static const struct {
    cn_bilingual words;
    bool named;
} sentences[] = {
    {{CN_S_INIT("This competency is in demand: “"), CN_S_INIT("Cette compétence est en demande" NBSP ": «" NBSP)},
     true},
    {{CN_S_INIT("The assessment reflects the job"), CN_S_INIT("L’évaluation reflète l’emploi")}, false},
    {{CN_S_INIT("The micro-credential is accepted for hiring"),
      CN_S_INIT("La microcertification est acceptée pour l’embauche")},
     false},
    {{CN_S_INIT("The micro-credential is accepted as a part of training"),
      CN_S_INIT("La microcertification est acceptée comme élément de formation")},
     false},
    {{CN_S_INIT("The micro-credential is accepted as a prerequisite"),
      CN_S_INIT("La microcertification est acceptée comme préalable")},
     false},
};

static const cn_bilingual endorsement_of[] = {
    {CN_S_INIT("Endorsement of “"), CN_S_INIT("Appui à «" NBSP)},
    {CN_S_INIT("Acceptance of “"), CN_S_INIT("Acceptation de «" NBSP)},
};
static const cn_bilingual closed = {CN_S_INIT("”"), CN_S_INIT(NBSP "»")};

static size_t kind_of(cn_slice claim) {
    size_t i = 0;
    while (i < cn_form_claims_n && !cn_slice_eq(cn_form_claims[i].word, claim)) i++;
    return i;
}

static cn_slice done(cn_form_maker *m, const cn_buf *b) {
    m->good = m->good && cn_buf_ok(b);
    return m->good ? cn_buf_slice(b) : (cn_slice){0};
}

static cn_slice title(cn_form_maker *m, const cn_form_endorsement *f, cn_slice language) {
    cn_buf b = cn_buf_on(m->arena, 0);
    cn_buf_add(&b, cn_form_in(endorsement_of[f->acceptance], language));
    cn_buf_add(&b, cn_form_in(f->subject_name, language));
    cn_buf_add(&b, cn_form_in(closed, language));
    return cn_form_marked(m, f->demonstration, done(m, &b), language);
}

static cn_bilingual titles(cn_form_maker *m, const cn_form_endorsement *f) {
    return (cn_bilingual){title(m, f, CN_S("en")), title(m, f, CN_S("fr"))};
}

/* The National Occupational Classification has a name in each language. */
static void add_occupation(cn_buf *b, cn_slice code, cn_slice language) {
    cn_slice english = CN_S("NOC ");
    bool named = cn_slice_eq(language, CN_S("fr")) && cn_slice_starts(code, english);
    if (!code.n) return;
    cn_buf_print(b, " (%s%.*s)", named ? "CNP " : "", CN_ARG(cn_slice_from(code, named ? english.n : 0)));
}

/* For readers that know "endorsementComment" alone: the claims in whole sentences, then the endorser's own words.
 */
static cn_slice comment(cn_form_maker *m, const cn_form_endorsement *f, cn_slice language) {
    cn_buf b = cn_buf_on(m->arena, 0);
    for (size_t i = 0; i < f->claims_n; i++) {
        size_t kind = kind_of(f->claims[i].claim);
        if (i) cn_buf_byte(&b, ' ');
        cn_buf_add(&b, cn_form_in(sentences[kind].words, language));
        if (sentences[kind].named) cn_buf_add(&b, cn_form_in(f->claims[i].name, language));
        if (sentences[kind].named) cn_buf_add(&b, cn_form_in(closed, language));
        add_occupation(&b, f->claims[i].occupation, language);
        cn_buf_byte(&b, '.');
    }
    cn_slice own = cn_slice_trim(cn_form_in(f->comment, language));
    if (own.n) cn_buf_print(&b, "\n\n%.*s", CN_ARG(own));
    return done(m, &b);
}

static cn_bilingual comments(cn_form_maker *m, const cn_form_endorsement *f) {
    return (cn_bilingual){comment(m, f, CN_S("en")), comment(m, f, CN_S("fr"))};
}

/* ---- The document ---- */

static cn_json *claims(cn_form_maker *m, const cn_form_endorsement *f) {
    cn_json *list = cn_json_array(m->arena);
    for (size_t i = 0; i < f->claims_n; i++) {
        const cn_form_claim *c = &f->claims[i];
        cn_json *one = cn_json_object(m->arena);
        cn_form_text(m, one, CN_S("claim"), c->claim);
        if (c->part.n) cn_form_text(m, one, CN_S("part"), c->part);
        if (c->name.en.n) cn_form_say(m, one, CN_S("name"), CN_S("nameIn"), c->name);
        if (c->occupation.n) cn_form_text(m, one, CN_S("occupation"), c->occupation);
        cn_form_push(m, list, one);
    }
    return list;
}

static cn_json *subject(cn_form_maker *m, const cn_form_endorsement *f) {
    cn_json *object = cn_form_typed(m, CN_S("EndorsementSubject"));
    cn_form_text(m, object, CN_S("id"), f->subject);
    cn_form_say(m, object, CN_S("endorsementComment"), CN_S("endorsementCommentIn"), comments(m, f));
    cn_form_set(m, object, CN_S("confirms"), claims(m, f));
    cn_form_say(m, object, CN_S("scope"), CN_S("scopeIn"), f->scope);
    return object;
}

static cn_json *credential(cn_form_maker *m, const cn_form_endorsement *f) {
    cn_json *object = cn_json_object(m->arena), *types = cn_json_array(m->arena);
    const cn_json *context = cn_endorsement_context(m->arena);
    m->good = m->good && context;
    cn_form_push(m, types, cn_json_string(m->arena, CN_S("VerifiableCredential")));
    cn_form_push(m, types, cn_json_string(m->arena, CN_S("EndorsementCredential")));
    cn_form_set(m, object, CN_S("@context"), cn_form_contexts(m, context));
    cn_form_text(m, object, CN_S("id"), cn_form_endorsement_url(m->arena, f->origin, f->id));
    cn_form_set(m, object, CN_S("type"), types);
    cn_form_text(m, object, CN_S("inLanguage"), m->language);
    cn_form_say(m, object, CN_S("name"), CN_S("nameIn"), titles(m, f));
    cn_form_set(m, object, CN_S("issuer"),
                cn_form_issuer(m, f->issuer, f->organisation_name, f->organisation_url));
    cn_form_time(m, object, CN_S("validFrom"), f->valid_from);
    cn_form_time(m, object, CN_S("validUntil"), f->valid_until);
    cn_form_set(m, object, CN_S("credentialSubject"), subject(m, f));
    cn_form_set(m, object, CN_S("credentialStatus"),
                cn_form_status(m, f->origin, f->status_list, f->status_index));
    return object;
}

/* ---- What is needed ---- */

static bool check_claims(const cn_form_endorsement *f, cn_err *err) {
    bool good = f->claims_n > 0 && f->claims_n <= CN_ENDORSED_MAX;
    for (size_t i = 0; good && i < f->claims_n; i++) {
        const cn_form_claim *c = &f->claims[i];
        size_t kind = kind_of(c->claim);
        const cn_form_need part[] = {{"part", c->part}, {"part (en)", c->name.en}, {"part (fr)", c->name.fr}};
        good = kind < cn_form_claims_n && cn_form_claims[kind].acceptance == f->acceptance;
        if (good && cn_form_claims[kind].about_part && !cn_form_check_texts(part, 3, err)) return false;
    }
    return good || cn_fail(err, CN_INVALID, "form.claims", "An endorsement states something, claim by claim.");
}

static bool check_needs(const cn_form_endorsement *f, cn_err *err) {
    const cn_form_need needs[] = {
        {"origin", f->origin},
        {"id", f->id},
        {"issuer", f->issuer},
        {"organisation name (en)", f->organisation_name.en},
        {"organisation name (fr)", f->organisation_name.fr},
        {"subject", f->subject},
        {"name (en)", f->subject_name.en},
        {"name (fr)", f->subject_name.fr},
        {"scope (en)", f->scope.en},
        {"scope (fr)", f->scope.fr},
        {"status list", f->status_list},
    };
    if (!cn_slice_eq(f->language, CN_S("en")) && !cn_slice_eq(f->language, CN_S("fr")))
        return cn_fail(err, CN_INVALID, "form.language", "An endorsement is in English or in French.");
    if (!cn_form_check_texts(needs, sizeof needs / sizeof needs[0], err)) return false;
    if (cn_utf8_invalid(f->comment.en) != SIZE_MAX || cn_utf8_invalid(f->comment.fr) != SIZE_MAX)
        return cn_fail(err, CN_INVALID, "form.utf8", "The comment is not valid UTF-8.");
    if (cn_time_cmp(f->valid_from, f->valid_until) >= 0)
        return cn_fail_at(err, CN_INVALID, "form.date", CN_S("valid until"), "It ends before it begins.");
    return check_claims(f, err);
}

bool cn_form_endorsement_make(cn_arena *a, const cn_form_endorsement *facts, const cn_json **out, cn_err *err) {
    bool french = cn_slice_eq(facts->language, CN_S("fr"));
    cn_form_maker m = {a, true, french ? CN_S("fr") : CN_S("en"), french ? CN_S("en") : CN_S("fr")};
    if (!check_needs(facts, err)) return false;
    const cn_json *document = credential(&m, facts);
    if (!m.good) return cn_fail_memory(err);
    *out = document;
    return true;
}
