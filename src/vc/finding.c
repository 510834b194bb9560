/* SPDX-License-Identifier: Apache-2.0
 *
 * What steps find, and the small questions about a credential's members that
 * several steps ask.
 */
#include <stdarg.h>

#include "vc/internal.h"
#include "vc/summary.h"

/* ---- Findings ---- */

static int badness(const cn_step *s) {
    static const int rank[] = {[CN_NOT_APPLICABLE] = 0, [CN_PASS] = 0, [CN_UNKNOWN] = 2, [CN_FAIL] = 3};
    int warned = s->problem && *s->problem;
    return rank[s->outcome] ? rank[s->outcome] : warned;
}

void cn_vc_merge(cn_step *step, const cn_step *other) {
    if (badness(other) <= badness(step)) return;
    const char *id = step->id;
    *step = *other;
    step->id = id;
}

/* Where the finding is worse than what the step came to so far, it takes its place. */
__attribute__((format(printf, 4, 0))) static bool note(cn_vc *v, cn_step *step, cn_step found, const char *format,
                                                       va_list args) {
    if (badness(&found) <= badness(step) && found.outcome != CN_NOT_APPLICABLE) return true;
    char text[640];
    (void)vsnprintf(text, sizeof text, format, args);
    cn_slice whole = cn_slice_of(text);
    cn_slice detail = cn_utf8_prefix(whole, sizeof text - 4); /* vsnprintf may have cut inside a character */
    if (!cn_arena_copy(v->arena, detail, &found.detail) || !cn_arena_copy(v->arena, found.where, &found.where) ||
        !cn_arena_copy(v->arena, found.about, &found.about))
        return cn_fail_memory(v->err);
    found.id = step->id;
    *step = found;
    return true;
}

bool cn_vc_find(cn_vc *v, cn_step *step, cn_outcome outcome, const char *problem, cn_slice where,
                const char *format, ...) {
    va_list args;
    va_start(args, format);
    cn_step found = {.outcome = outcome, .problem = problem, .where = where};
    bool good = note(v, step, found, format, args);
    va_end(args);
    return good;
}

bool cn_vc_find_about(cn_vc *v, cn_step *step, cn_outcome outcome, const char *problem, cn_slice where,
                      cn_slice about, const char *format, ...) {
    va_list args;
    va_start(args, format);
    cn_step found = {.outcome = outcome, .problem = problem, .where = where, .about = cn_vc_quote(about)};
    bool good = note(v, step, found, format, args);
    va_end(args);
    return good;
}

bool cn_vc_fatal(cn_vc *v, const cn_err *err) {
    bool memory = err->code == CN_LIMIT && cn_slice_eq(cn_slice_of(err->id), CN_S("memory.limit"));
    if (!memory && err->code != CN_INTERNAL) return false;
    *v->err = *err;
    return true;
}

cn_slice cn_vc_quote(cn_slice text) {
    return cn_utf8_prefix(text, 120);
}

bool cn_vc_where(cn_vc *v, cn_slice where, cn_slice name, cn_slice *out) {
    cn_buf b = cn_buf_on(v->arena, 0);
    cn_buf_add(&b, where);
    cn_json_pointer_key(&b, name);
    if (!cn_buf_ok(&b)) return cn_fail_memory(v->err);
    *out = cn_buf_slice(&b);
    return true;
}

bool cn_vc_where_item(cn_vc *v, cn_slice where, const cn_json *list, size_t i, cn_slice *out) {
    if (!cn_json_is(list, CN_JSON_ARRAY)) {
        *out = where;
        return true;
    }
    cn_buf b = cn_buf_on(v->arena, 0);
    cn_buf_add(&b, where);
    cn_json_pointer_index(&b, i);
    if (!cn_buf_ok(&b)) return cn_fail_memory(v->err);
    *out = cn_buf_slice(&b);
    return true;
}

void cn_spot_write(cn_buf *b, const cn_spot *at) {
    if (!at) return;
    cn_spot_write(b, at->up);
    if (at->member) cn_json_pointer_key(b, at->member->key);
    else cn_json_pointer_index(b, at->index);
}

/* ---- Members ---- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_scheme(cn_slice s) {
    if (!s.n || !is_letter(s.p[0])) return false;
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return false;
    }
    return true;
}

bool cn_vc_is_url(cn_slice s) {
    cn_slice scheme, rest;
    if (!cn_slice_cut(s, ':', &scheme, &rest) || !rest.n || !is_scheme(scheme)) return false;
    for (size_t i = 0; i < rest.n; i++) {
        unsigned char c = (unsigned char)rest.p[i];
        if (c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == '"') return false;
    }
    return true;
}

cn_slice cn_vc_id(const cn_json *v) {
    return cn_json_is(v, CN_JSON_STRING) ? cn_json_text(v) : cn_json_get_text(v, CN_S("id"));
}

cn_slice cn_vc_label(const cn_json *v) {
    return cn_text_value(cn_json_one(v, 0));
}

static cn_slice text_of(const cn_json *object, cn_slice member, cn_slice older) {
    cn_slice text = cn_json_get_text(object, member);
    return text.n ? text : cn_json_get_text(object, older);
}

cn_slice cn_vc_valid_from(const cn_json *credential) {
    return text_of(credential, CN_S("validFrom"), CN_S("issuanceDate"));
}

cn_slice cn_vc_valid_until(const cn_json *credential) {
    return text_of(credential, CN_S("validUntil"), CN_S("expirationDate"));
}

bool cn_vc_has_type(const cn_json *object, cn_slice type) {
    const cn_json *types = cn_json_get(object, CN_S("type"));
    for (size_t i = 0; i < cn_json_many(types); i++)
        if (cn_json_is_string(cn_json_one(types, i), type)) return true;
    return false;
}
