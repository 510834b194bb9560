/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts in a second language: the context that gives them their terms, and joining them with the first.
 */
#include "vc/languages.h"

/* A text by its term of Open Badges, and its other languages. */
static const struct {
    cn_slice first, others;
} terms[] = {
    {CN_S_INIT("name"), CN_S_INIT("nameIn")},           {CN_S_INIT("description"), CN_S_INIT("descriptionIn")},
    {CN_S_INIT("narrative"), CN_S_INIT("narrativeIn")}, {CN_S_INIT("tag"), CN_S_INIT("tagIn")},
    {CN_S_INIT("value"), CN_S_INIT("valueIn")},
};

enum { TERMS = sizeof terms / sizeof terms[0] };

const cn_json *cn_languages_context(cn_arena *a) {
    const cn_json *context = NULL;
    cn_err err;
    return cn_json_read(a, CN_S(CN_LANGUAGES_CONTEXT), NULL, &context, &err) ? context : NULL;
}

/* ---- Joining ---- */

typedef struct joining {
    cn_arena *arena;
    cn_slice language; /* of the first texts; may be empty */
} joining;

static const cn_json *join_all(const joining *j, const cn_json *v);

/* The text with its language; one whose language is not told, or that says so itself, stays as it is. */
static const cn_json *told(const joining *j, const cn_json *text, cn_slice language) {
    if (!language.n || !cn_json_is(text, CN_JSON_STRING)) return text;
    cn_json *object = cn_json_object(j->arena);
    bool good = object && cn_json_set(j->arena, object, CN_S("@value"), text) &&
                cn_json_set(j->arena, object, CN_S("@language"), cn_json_string(j->arena, language));
    return good ? object : NULL;
}

static bool push_told(const joining *j, cn_json *list, const cn_json *texts, cn_slice language) {
    for (size_t i = 0; i < cn_json_many(texts); i++) {
        const cn_json *one = told(j, cn_json_one(texts, i), language);
        if (!one || !cn_json_push(j->arena, list, one)) return false;
    }
    return true;
}

/* All languages in one list. NULL at the arena's maximum. */
static const cn_json *join_texts(const joining *j, const cn_json *first, const cn_json *others) {
    cn_json *list = cn_json_array(j->arena);
    if (!list || !push_told(j, list, first, j->language)) return NULL;
    for (size_t i = 0; i < cn_json_count(others); i++)
        if (!push_told(j, list, others->object.v[i].value, others->object.v[i].key)) return NULL;
    return list;
}

static const cn_json *join_object(const joining *j, const cn_json *v) {
    cn_json *out = cn_json_copy_shallow(j->arena, v);
    for (size_t i = 0; out && i < cn_json_count(v); i++) {
        const cn_json_member *m = &v->object.v[i];
        bool context = cn_slice_eq(m->key, CN_S("@context"));
        const cn_json *inner = context ? m->value : join_all(j, m->value);
        if (!inner || (inner != m->value && !cn_json_set(j->arena, out, m->key, inner))) return NULL;
    }
    for (size_t i = 0; out && i < TERMS; i++) {
        const cn_json *others = cn_json_get(v, terms[i].others);
        if (!cn_json_is(others, CN_JSON_OBJECT)) continue;
        const cn_json *joined = join_texts(j, cn_json_get(v, terms[i].first), others);
        if (!joined || !cn_json_set(j->arena, out, terms[i].first, joined)) return NULL;
        out = cn_json_without(j->arena, out, terms[i].others);
    }
    return out;
}

static const cn_json *join_array(const joining *j, const cn_json *v) {
    cn_json *out = cn_json_array(j->arena);
    for (size_t i = 0; out && i < cn_json_count(v); i++) {
        const cn_json *inner = join_all(j, cn_json_item(v, i));
        if (!inner || !cn_json_push(j->arena, out, inner)) return NULL;
    }
    return out;
}

/* Recursion is no deeper than what the JSON reader lets through. */
static const cn_json *join_all(const joining *j, const cn_json *v) {
    if (cn_json_is(v, CN_JSON_OBJECT)) return join_object(j, v);
    return cn_json_is(v, CN_JSON_ARRAY) ? join_array(j, v) : v;
}

static bool has_context(const cn_json *credential, const cn_json *ours) {
    const cn_json *contexts = cn_json_get(credential, CN_S("@context"));
    for (size_t i = 0; i < cn_json_many(contexts); i++)
        if (cn_json_equal(cn_json_one(contexts, i), ours)) return true;
    return false;
}

const cn_json *cn_languages_joined(cn_arena *a, const cn_json *credential) {
    const cn_json *ours = cn_languages_context(a);
    if (!ours) return NULL;
    if (!has_context(credential, ours)) return credential;
    joining j = {a, cn_json_get_text(credential, CN_S("inLanguage"))};
    return join_all(&j, credential);
}
