/* SPDX-License-Identifier: Apache-2.0
 *
 * Building the signed forms: members, texts in two languages, and the parts that awards and endorsements share.
 */
#include "app/form_inside.h"
#include "vc/languages.h"

#define OB "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
#define VC "https://www.w3.org/ns/credentials/v2"

/* ---- Members ---- */

void cn_form_set(cn_form_maker *m, cn_json *object, cn_slice key, const cn_json *value) {
    m->good = m->good && object && cn_json_set(m->arena, object, key, value);
}

void cn_form_text(cn_form_maker *m, cn_json *object, cn_slice key, cn_slice text) {
    cn_form_set(m, object, key, cn_json_string(m->arena, text));
}

void cn_form_push(cn_form_maker *m, cn_json *list, const cn_json *value) {
    m->good = m->good && list && value && cn_json_push(m->arena, list, value);
}

void cn_form_list_of(cn_form_maker *m, cn_json *object, cn_slice key, cn_slice text) {
    cn_json *list = cn_json_array(m->arena);
    cn_form_push(m, list, cn_json_string(m->arena, text));
    cn_form_set(m, object, key, list);
}

cn_slice cn_form_in(cn_bilingual words, cn_slice language) {
    return cn_slice_eq(language, CN_S("fr")) ? words.fr : words.en;
}

/* The text under its own term, and the other language beside it. */
void cn_form_say(cn_form_maker *m, cn_json *object, cn_slice key, cn_slice key_in, cn_bilingual words) {
    cn_json *beside = cn_json_object(m->arena);
    cn_form_text(m, object, key, cn_form_in(words, m->language));
    cn_form_text(m, beside, m->other, cn_form_in(words, m->other));
    cn_form_set(m, object, key_in, beside);
}

/* A new object of a type, which Open Badges wants as a list. */
cn_json *cn_form_typed(cn_form_maker *m, cn_slice type) {
    cn_json *object = cn_json_object(m->arena);
    cn_form_list_of(m, object, CN_S("type"), type);
    return object;
}

void cn_form_time(cn_form_maker *m, cn_json *object, cn_slice key, cn_time t) {
    cn_buf b = cn_buf_on(m->arena, 64);
    cn_time_write(&b, (cn_time){.sec = t.sec});
    m->good = m->good && cn_buf_ok(&b);
    cn_form_text(m, object, key, cn_buf_slice(&b));
}

cn_slice cn_form_joined(cn_form_maker *m, cn_slice text, const char *end) {
    cn_slice out = {0};
    m->good = m->good && cn_arena_print(m->arena, &out, "%.*s%s", CN_ARG(text), end);
    return out;
}

/* ---- Parts ---- */

cn_json *cn_form_contexts(cn_form_maker *m, const cn_json *more) {
    cn_json *list = cn_json_array(m->arena);
    cn_form_push(m, list, cn_json_string(m->arena, CN_S(VC)));
    cn_form_push(m, list, cn_json_string(m->arena, CN_S(OB)));
    cn_form_push(m, list, cn_languages_context(m->arena));
    if (more) cn_form_push(m, list, more);
    return list;
}

cn_json *cn_form_issuer(cn_form_maker *m, cn_slice id, cn_bilingual name, cn_slice url) {
    cn_json *object = cn_form_typed(m, CN_S("Profile"));
    cn_form_text(m, object, CN_S("id"), id);
    cn_form_say(m, object, CN_S("name"), CN_S("nameIn"), name);
    if (url.n) cn_form_text(m, object, CN_S("url"), url);
    return object;
}

cn_json *cn_form_status(cn_form_maker *m, cn_slice origin, cn_slice list_id, uint64_t place) {
    cn_json *object = cn_json_object(m->arena);
    cn_slice list = cn_form_list_url(m->arena, origin, list_id), id = {0}, index = {0};
    unsigned long long number = place;
    m->good = m->good && cn_arena_print(m->arena, &id, "%.*s#%llu", CN_ARG(list), number) &&
              cn_arena_print(m->arena, &index, "%llu", number);
    cn_form_text(m, object, CN_S("id"), id);
    cn_form_text(m, object, CN_S("type"), CN_S("BitstringStatusListEntry"));
    cn_form_text(m, object, CN_S("statusPurpose"), CN_S("revocation"));
    cn_form_text(m, object, CN_S("statusListIndex"), index);
    cn_form_text(m, object, CN_S("statusListCredential"), list);
    return object;
}
