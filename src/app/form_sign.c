/* SPDX-License-Identifier: Apache-2.0
 *
 * The signed form beside the award itself: addresses, the status list, and the signature.
 */
#include "app/form_inside.h"
#include "vc/vc.h"

/* ---- Addresses ---- */

static cn_slice under(cn_arena *a, cn_slice origin, const char *folder, cn_slice id) {
    cn_slice out;
    return cn_arena_print(a, &out, "%.*s/%s/%.*s", CN_ARG(origin), folder, CN_ARG(id)) ? out : (cn_slice){0};
}

cn_slice cn_form_credential_url(cn_arena *a, cn_slice origin, cn_slice id) {
    return under(a, origin, "credentials", id);
}

cn_slice cn_form_achievement_url(cn_arena *a, cn_slice origin, cn_slice id, int version) {
    cn_slice out;
    return cn_arena_print(a, &out, "%.*s/achievements/%.*s/versions/%d", CN_ARG(origin), CN_ARG(id), version)
               ? out
               : (cn_slice){0};
}

cn_slice cn_form_issuer_url(cn_arena *a, cn_slice origin, cn_slice organisation) {
    return under(a, origin, "issuers", organisation);
}

cn_slice cn_form_endorsement_url(cn_arena *a, cn_slice origin, cn_slice id) {
    return under(a, origin, "endorsements", id);
}

cn_slice cn_form_list_url(cn_arena *a, cn_slice origin, cn_slice id) {
    return under(a, origin, "status", id);
}

/* ---- Status lists ---- */

static cn_json *list_subject(cn_form_maker *m, cn_slice url, cn_slice encoded) {
    cn_json *subject = cn_json_object(m->arena);
    cn_slice id = {0};
    m->good = m->good && cn_arena_print(m->arena, &id, "%.*s#list", CN_ARG(url));
    cn_form_text(m, subject, CN_S("id"), id);
    cn_form_text(m, subject, CN_S("type"), CN_S("BitstringStatusList"));
    cn_form_text(m, subject, CN_S("statusPurpose"), CN_S("revocation"));
    cn_form_text(m, subject, CN_S("encodedList"), encoded);
    return subject;
}

bool cn_form_status_list(cn_arena *a, const cn_form_list *list, const cn_json **out, cn_err *err) {
    cn_form_maker m = {.arena = a, .good = true};
    cn_json *document = cn_json_object(a), *types = cn_json_array(a);
    cn_slice url = cn_form_list_url(a, list->origin, list->id), encoded;
    cn_buf from = cn_buf_on(a, 64);
    assert(list->bits.n == CN_FORM_LIST_BITS / 8);
    if (!cn_bitstring_write(a, list->bits, &encoded, err)) return false;
    cn_time_write(&from, (cn_time){.sec = list->valid_from.sec});
    cn_form_list_of(&m, document, CN_S("@context"), CN_S("https://www.w3.org/ns/credentials/v2"));
    cn_form_text(&m, document, CN_S("id"), url);
    m.good = m.good && url.n && cn_buf_ok(&from) && types &&
             cn_json_push(a, types, cn_json_string(a, CN_S("VerifiableCredential"))) &&
             cn_json_push(a, types, cn_json_string(a, CN_S("BitstringStatusListCredential")));
    cn_form_set(&m, document, CN_S("type"), types);
    cn_form_text(&m, document, CN_S("issuer"), list->issuer);
    cn_form_text(&m, document, CN_S("validFrom"), cn_buf_slice(&from));
    cn_form_set(&m, document, CN_S("credentialSubject"), list_subject(&m, url, encoded));
    if (!m.good) return cn_fail_memory(err);
    *out = document;
    return true;
}

/* ---- Signing ---- */

bool cn_form_did_key(cn_arena *a, const cn_public_key *key, cn_slice *issuer, cn_slice *method, cn_err *err) {
    cn_buf multikey = cn_buf_on(a, 0);
    cn_slice did, url;
    if (!cn_multikey_write(&multikey, key, err)) return false;
    cn_slice text = cn_buf_slice(&multikey);
    if (!cn_buf_ok(&multikey) || !cn_arena_print(a, &did, "did:key:%.*s", CN_ARG(text)) ||
        !cn_arena_print(a, &url, "did:key:%.*s#%.*s", CN_ARG(text), CN_ARG(text)))
        return cn_fail_memory(err);
    *issuer = did;
    *method = url;
    return true;
}

bool cn_form_sign(cn_arena *a, const cn_app *app, const cn_json *unsigned_document, const cn_private_key *key,
                  cn_slice method, cn_time now, cn_slice *out, cn_err *err) {
    cn_sign_options how = {.crypto = app->crypto,
                           .contexts = app->contexts,
                           .processed = app->processed,
                           .key = key,
                           .method = method,
                           .created = {.sec = now.sec}};
    const cn_json *signed_document;
    cn_buf text = cn_buf_on(a, 0);
    if (!cn_integrity_add(a, unsigned_document, &how, &signed_document, err)) return false;
    cn_json *whole = cn_json_copy_shallow(a, signed_document), *proofs = cn_json_array(a);
    if (!whole || !proofs || !cn_json_push(a, proofs, cn_json_get(signed_document, CN_S("proof"))) ||
        !cn_json_set(a, whole, CN_S("proof"), proofs))
        return cn_fail_memory(err);
    cn_json_write(&text, whole);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    *out = cn_buf_slice(&text);
    return true;
}
