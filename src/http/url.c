/* SPDX-License-Identifier: Apache-2.0
 *
 * Request targets (RFC 9112, 3.2; RFC 3986): path and query taken apart and decoded once. What could mean
 * two things to two readers is refused: dot segments, an escaped slash, NUL, broken escapes, broken UTF-8.
 */
#include "http/inside.h"

enum { MAX_ARGS = 100 };

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* RFC 3986, 2.1 */
static bool decode(cn_buf *b, cn_slice s, bool plus, cn_err *err) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '%') {
            cn_buf_byte(b, plus && s.p[i] == '+' ? ' ' : s.p[i]);
            continue;
        }
        int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1, low = high < 0 ? -1 : hex_digit(s.p[i + 2]);
        if (low < 0)
            return cn_fail(err, CN_INVALID, "http.percent", "\"%%\" must be followed by two hexadecimal digits.");
        cn_buf_byte(b, (char)(high * 16 + low));
        i += 2;
    }
    return true;
}

static bool is_text(cn_slice s) {
    return cn_utf8_invalid(s) == SIZE_MAX && cn_slice_find_byte(s, 0) == SIZE_MAX;
}

bool cn_percent_decode(cn_arena *a, cn_slice s, bool plus, cn_slice *out, cn_err *err) {
    cn_slice decoded = s;
    if (cn_slice_find_byte(s, '%') != SIZE_MAX || (plus && cn_slice_find_byte(s, '+') != SIZE_MAX)) {
        cn_buf b = cn_buf_on(a, s.n);
        if (!decode(&b, s, plus, err)) return false;
        if (!cn_buf_ok(&b)) return cn_fail_memory(err);
        decoded = cn_buf_slice(&b);
    }
    if (!is_text(decoded)) return cn_fail(err, CN_INVALID, "http.utf8", "What is escaped is no UTF-8 text.");
    *out = decoded;
    return true;
}

static bool fail_path(cn_err *err, const char *why) {
    return cn_fail(err, CN_INVALID, "http.path", "The path %s.", why);
}

static bool read_path(cn_request *rq, cn_slice raw, cn_err *err) {
    cn_slice path, rest, segment;
    /* A slash that was escaped would become a separator by decoding. */
    if (cn_slice_find(raw, CN_S("%2F")) != SIZE_MAX || cn_slice_find(raw, CN_S("%2f")) != SIZE_MAX)
        return fail_path(err, "holds an escaped slash");
    if (!cn_percent_decode(rq->arena, raw, false, &path, err)) return false;
    if (cn_http_has_control(path)) return fail_path(err, "holds a control character");
    for (rest = path; rest.n;) {
        (void)cn_slice_cut(rest, '/', &segment, &rest);
        if (cn_slice_eq(segment, CN_S(".")) || cn_slice_eq(segment, CN_S("..")))
            return fail_path(err, "holds a dot segment");
    }
    rq->path = path;
    return true;
}

static bool read_args(cn_request *rq, cn_slice query, cn_err *err) {
    cn_slice pair, name, value;
    while (query.n) {
        (void)cn_slice_cut(query, '&', &pair, &query);
        if (!pair.n) continue;
        if (rq->args.n == MAX_ARGS)
            return cn_fail(err, CN_LIMIT, "http.args", "The query has more than %d arguments.", MAX_ARGS);
        (void)cn_slice_cut(pair, '=', &name, &value);
        if (!cn_percent_decode(rq->arena, name, true, &name, err) ||
            !cn_percent_decode(rq->arena, value, true, &value, err))
            return false;
        if (!cn_fields_add(rq->arena, &rq->args, name, value)) return cn_fail_memory(err);
    }
    return true;
}

/* RFC 9112, 3.2.2: a server must accept the absolute form too; the authority is what Host says. */
static cn_slice without_origin(cn_slice target) {
    const cn_slice schemes[] = {CN_S("http://"), CN_S("https://")};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (!cn_slice_starts(target, schemes[i])) continue;
        size_t slash = cn_slice_find_byte(cn_slice_from(target, schemes[i].n), '/');
        return slash == SIZE_MAX ? CN_S("/") : cn_slice_from(target, schemes[i].n + slash);
    }
    return target;
}

bool cn_request_target(cn_request *rq, cn_slice target, cn_err *err) {
    cn_slice path, query;
    target = without_origin(target);
    for (size_t i = 0; i < target.n; i++)
        if ((uint8_t)target.p[i] <= 0x20 || (uint8_t)target.p[i] >= 0x7f || target.p[i] == '#')
            return cn_fail(err, CN_INVALID, "http.target",
                           "The request target holds a character that no URL has.");
    (void)cn_slice_cut(target, '?', &path, &query);
    if (!path.n || path.p[0] != '/')
        return cn_fail(err, CN_INVALID, "http.target", "The request target does not begin with a slash.");
    if (!read_path(rq, path, err) || !read_args(rq, query, err)) return false;
    rq->query = query;
    return true;
}
