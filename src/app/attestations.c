/* SPDX-License-Identifier: Apache-2.0
 *
 * Attestations. The signed form is a verifiable credential whose subject is a version of an achievement; what is
 * stated, by whom and when is said in the terms of schema.org, which the credential brings along as a context of
 * its own.
 */
#include "app/attestations.h"
#include "app/form_inside.h"
#include "app/keys.h"
#include "app/secret.h"
#include "rules/rules.h"

enum { NAME_MAX_BYTES = 200 };

/* ---- The signed form ---- */

static const char context[] = "{\"statement\":\"https://schema.org/subjectOf\","
                              "\"identifier\":\"https://schema.org/identifier\","
                              "\"text\":{\"@id\":\"https://schema.org/text\",\"@container\":\"@language\"},"
                              "\"author\":\"https://schema.org/author\","
                              "\"dateCreated\":{\"@id\":\"https://schema.org/dateCreated\","
                              "\"@type\":\"https://schema.org/Date\"}}";

static cn_json *statement_of(cn_form_maker *m, const cn_attest *what, cn_words words, cn_time now) {
    cn_json *statement = cn_json_object(m->arena), *text = cn_json_object(m->arena),
            *author = cn_json_object(m->arena);
    cn_form_text(m, statement, CN_S("identifier"), what->statement);
    cn_form_text(m, text, CN_S("en"), words.en);
    cn_form_text(m, text, CN_S("fr"), words.fr);
    cn_form_set(m, statement, CN_S("text"), text);
    cn_form_text(m, author, CN_S("name"), what->name);
    cn_form_set(m, statement, CN_S("author"), author);
    cn_form_text(m, statement, CN_S("dateCreated"), cn_time_day_text(m->arena, now));
    return statement;
}

/* What is stated, of which version, in which words. */
typedef struct stating {
    const cn_attest *what;
    int version;
    cn_words words;
} stating;

static bool make(cn_arena *a, const cn_app *app, cn_time now, const cn_signer *signer, const stating *s,
                 const cn_json **out, cn_err *err) {
    cn_form_maker m = {.arena = a, .good = true};
    cn_json *document = cn_json_object(a), *subject = cn_json_object(a), *contexts = cn_json_array(a);
    const cn_json *own;
    cn_slice about = cn_form_achievement_url(a, app->origin, s->what->achievement, s->version);
    cn_buf from = cn_buf_on(a, 64);
    if (!cn_json_read(a, cn_slice_of(context), NULL, &own, err)) return false;
    cn_time_write(&from, (cn_time){.sec = now.sec});
    m.good = cn_buf_ok(&from) && contexts &&
             cn_json_push(a, contexts, cn_json_string(a, CN_S("https://www.w3.org/ns/credentials/v2"))) &&
             cn_json_push(a, contexts, own) && about.n;
    if (!m.good) return cn_fail_memory(err);
    cn_form_set(&m, document, CN_S("@context"), contexts);
    cn_form_list_of(&m, document, CN_S("type"), CN_S("VerifiableCredential"));
    cn_form_text(&m, document, CN_S("issuer"), signer->issuer);
    cn_form_text(&m, document, CN_S("validFrom"), cn_buf_slice(&from));
    cn_form_text(&m, subject, CN_S("id"), about);
    cn_form_set(&m, subject, CN_S("statement"), statement_of(&m, s->what, s->words, now));
    cn_form_set(&m, document, CN_S("credentialSubject"), subject);
    if (!m.good) return cn_fail_memory(err);
    *out = document;
    return true;
}

static bool sign(cn_arena *a, const cn_app *app, cn_time now, const stating *s, cn_slice *out, cn_err *err) {
    const cn_json *document;
    cn_signer signer;
    if (!cn_app_signer(a, app, now, s->what->organisation, &signer, err)) return false;
    bool good = make(a, app, now, &signer, s, &document, err) &&
                cn_form_sign(a, app, document, &signer.private_key, signer.method, now, out, err);
    cn_signer_wipe(&signer);
    return good;
}

/* ---- Stating and withdrawing ---- */

static bool is_name(cn_slice name) {
    bool good = name.n && name.n <= NAME_MAX_BYTES && cn_utf8_invalid(name) == SIZE_MAX;
    for (size_t i = 0; i < name.n && good; i++) good = (uint8_t)name.p[i] >= ' ' && name.p[i] != 0x7f;
    return good;
}

static bool words_of(cn_arena *a, cn_slice statement, cn_words *out, cn_err *err) {
    cn_labels labels;
    cn_slice field;
    if (!cn_labels_read(a, &labels, err)) return false;
    if (!cn_arena_print(a, &field, "attestations.%.*s", CN_ARG(statement))) return cn_fail_memory(err);
    *out = cn_field_label(&labels, field);
    return out->en.n || cn_fail(err, CN_INVALID, "attestation.statement", "Nothing of this name can be stated.");
}

int cn_app_attestable(const cn_achievement *is) {
    return is->version && !is->changed ? is->version : is->version + 1;
}

bool cn_app_attest(cn_arena *a, const cn_app *app, cn_time now, const cn_attest *what, cn_err *err) {
    cn_attestation row = {.statement = what->statement, .name = what->name};
    stating s = {.what = what};
    cn_achievement is;
    if (!is_name(what->name))
        return cn_fail(err, CN_INVALID, "attestation.name", "A statement needs the member's name.");
    if (!cn_app_achievement_get(a, app, what->organisation, what->achievement, &is, err) ||
        !words_of(a, what->statement, &s.words, err))
        return false;
    row.version = s.version = cn_app_attestable(&is);
    if (!sign(a, app, now, &s, &row.document, err) || !cn_app_id(a, app, &row.id, err)) return false;
    cn_audit why = {.organisation = what->organisation,
                    .person = what->by,
                    .action = CN_S("achievement.attested"),
                    .subject = what->achievement};
    return cn_store_attestation_put(app->store, is.number, &row, now, &why, err);
}

bool cn_app_attestation_withdraw(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                 cn_slice achievement, cn_slice id, cn_err *err) {
    cn_achievement is;
    cn_audit why = {.organisation = organisation,
                    .person = by,
                    .action = CN_S("achievement.attestation-withdrawn"),
                    .subject = achievement};
    return cn_app_achievement_get(a, app, organisation, achievement, &is, err) &&
           cn_store_attestation_withdraw(app->store, is.number, id, now, &why, err);
}

bool cn_app_attestations_of(cn_arena *a, const cn_app *app, int64_t achievement, cn_attestations *out,
                            cn_err *err) {
    return cn_store_attestations_of(a, app->store, achievement, out, err);
}

/* ---- For the record ---- */

bool cn_app_attestations_record(cn_arena *a, const cn_app *app, int64_t achievement, int version,
                                const cn_json **out, cn_err *err) {
    cn_attestations all;
    cn_form_maker m = {.arena = a, .good = true};
    cn_json *stated = cn_json_object(a);
    if (!stated) return cn_fail_memory(err);
    if (!cn_app_attestations_of(a, app, achievement, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].withdrawn_at.sec || all.v[i].version != version) continue;
        cn_json *one = cn_json_object(a);
        cn_form_text(&m, one, CN_S("name"), all.v[i].name);
        cn_form_text(&m, one, CN_S("date"), cn_time_day_text(a, all.v[i].stated_at));
        cn_form_set(&m, stated, all.v[i].statement, one);
    }
    if (!m.good) return cn_fail_memory(err);
    *out = stated;
    return true;
}
