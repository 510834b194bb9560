/* SPDX-License-Identifier: Apache-2.0
 *
 * What handlers ask a request for, and the small grammar of header fields (RFC 9110, 5.6).
 */
#include "http/inside.h"

bool cn_http_is_token(cn_slice s) {
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], lower = (char)(c | 0x20);
        bool plain = (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z');
        if (!plain && !(c && strchr(others, c))) return false;
    }
    return s.n > 0;
}

bool cn_http_has_control(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] < 0x20 || s.p[i] == 0x7f) return true;
    return false;
}

bool cn_fields_add(cn_arena *a, cn_fields *f, cn_slice name, cn_slice value) {
    cn_field *v = cn_arena_grow(a, f->v, f->n, &f->cap, f->n + 1, sizeof *v);
    if (!v) return false;
    f->v = v;
    v[f->n++] = (cn_field){name, value};
    return true;
}

const cn_slice *cn_fields_find(const cn_fields *f, cn_slice name) {
    for (size_t i = 0; i < f->n; i++)
        if (cn_slice_eq(f->v[i].name, name)) return &f->v[i].value;
    return NULL;
}

cn_slice cn_request_header(const cn_request *rq, cn_slice name) {
    const cn_slice *value = cn_fields_find(&rq->headers, name);
    return value ? *value : (cn_slice){0};
}

cn_slice cn_request_arg(const cn_request *rq, cn_slice name) {
    const cn_slice *value = cn_fields_find(&rq->args, name);
    return value ? *value : (cn_slice){0};
}

const cn_form_part *cn_request_part(const cn_request *rq, cn_slice name) {
    for (size_t i = 0; i < rq->form.n; i++)
        if (cn_slice_eq(rq->form.v[i].name, name)) return &rq->form.v[i];
    return NULL;
}

cn_slice cn_request_text(const cn_request *rq, cn_slice name) {
    const cn_form_part *part = cn_request_part(rq, name);
    return part && !part->file ? cn_slice_trim(part->value) : (cn_slice){0};
}

bool cn_request_take(const cn_request *rq, int cost, int *wait) {
    return !rq->limit || cn_limit_take(rq->limit, rq->peer, cost, rq->tick_ms, wait);
}

/* Where a quoted string that begins behind the quotation mark ends; SIZE_MAX when it does not. */
static size_t quoted_end(cn_slice s) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') return i;
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '"') i++;
    }
    return SIZE_MAX;
}

static bool unquote(cn_arena *a, cn_slice raw, cn_slice *out) {
    if (cn_slice_find(raw, CN_S("\\\"")) == SIZE_MAX) {
        *out = raw;
        return true;
    }
    cn_buf b = cn_buf_on(a, raw.n);
    for (size_t i = 0; i < raw.n; i++) {
        if (raw.p[i] == '\\' && i + 1 < raw.n && raw.p[i + 1] == '"') i++;
        cn_buf_byte(&b, raw.p[i]);
    }
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b);
}

/* Takes one `name=value` off the front of *rest, which begins behind a semicolon. */
static bool next_parameter(cn_slice *rest, cn_slice *name, cn_slice *value, bool *quoted) {
    size_t equals = cn_slice_find_byte(*rest, '=');
    if (equals == SIZE_MAX) return false;
    *name = cn_slice_trim(cn_slice_sub(*rest, 0, equals));
    cn_slice after = cn_slice_from(*rest, equals + 1);
    *quoted = after.n && after.p[0] == '"';
    size_t end = *quoted ? quoted_end(cn_slice_from(after, 1)) : cn_slice_find_byte(after, ';');
    if (*quoted) {
        if (end == SIZE_MAX) return false;
        *value = cn_slice_sub(after, 1, 1 + end);
        after = cn_slice_trim(cn_slice_from(after, end + 2));
    } else {
        if (end == SIZE_MAX) end = after.n;
        *value = cn_slice_trim(cn_slice_sub(after, 0, end));
        after = cn_slice_from(after, end);
    }
    if (after.n && after.p[0] != ';') return false;
    *rest = after.n ? cn_slice_trim(cn_slice_from(after, 1)) : (cn_slice){0};
    return cn_http_is_token(*name) && (*quoted || cn_http_is_token(*value));
}

static bool fail_parameter(cn_err *err) {
    return cn_fail(err, CN_INVALID, "http.parameter", "The parameters of a header field cannot be read.");
}

bool cn_http_parameter(cn_arena *a, cn_slice header, cn_slice name, cn_slice *out, cn_err *err) {
    cn_slice rest, type, key, value, found = {0};
    bool quoted, found_quoted = false;
    (void)cn_slice_cut(header, ';', &type, &rest);
    for (rest = cn_slice_trim(rest); rest.n;) {
        if (!next_parameter(&rest, &key, &value, &quoted)) return fail_parameter(err);
        if (!cn_slice_eq_nocase(key, name)) continue;
        if (found.p) return fail_parameter(err); /* which of the two counts would be a guess */
        found = value;
        found_quoted = quoted;
    }
    if (found_quoted && !unquote(a, found, &found)) return cn_fail_memory(err);
    *out = found;
    return true;
}
