/* SPDX-License-Identifier: Apache-2.0
 *
 * IRI references: parts (RFC 3986, appendix B), resolution (section 5.2,
 * strict), and a few checks. Characters above ASCII are taken as
 * they are (RFC 3987); nothing is normalised but dot segments.
 */
#include "base/base.h"

typedef struct parts {
    cn_slice scheme, authority, path, query, fragment;
    bool has_scheme, has_authority, has_query, has_fragment;
} parts;

static bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The length of the scheme before a colon, or 0. */
static size_t scheme_length(cn_slice s) {
    if (s.n == 0 || !is_alpha(s.p[0])) return 0;
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (c == ':') return i;
        if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return 0;
    }
    return 0;
}

static parts split(cn_slice s) {
    parts r = {0};
    r.has_fragment = cn_slice_cut(s, '#', &s, &r.fragment);
    r.has_query = cn_slice_cut(s, '?', &s, &r.query);
    size_t scheme = scheme_length(s);
    if (scheme) {
        r.has_scheme = true;
        r.scheme = cn_slice_sub(s, 0, scheme);
        s = cn_slice_from(s, scheme + 1);
    }
    if (cn_slice_starts(s, CN_S("//"))) {
        r.has_authority = true;
        s = cn_slice_from(s, 2);
        size_t end = cn_slice_find_byte(s, '/');
        r.authority = cn_slice_sub(s, 0, end < s.n ? end : s.n);
        s = cn_slice_from(s, r.authority.n);
    }
    r.path = s;
    return r;
}

/* RFC 3986, 5.2.4: writes the path without dot segments to `out` (as large as the path). */
static size_t remove_dots(cn_slice in, char *out) {
    size_t n = 0;
    while (in.n) {
        if (cn_slice_starts(in, CN_S("../"))) {
            in = cn_slice_from(in, 3);
        } else if (cn_slice_starts(in, CN_S("./"))) {
            in = cn_slice_from(in, 2);
        } else if (cn_slice_starts(in, CN_S("/./"))) {
            in = cn_slice_from(in, 2);
        } else if (cn_slice_eq(in, CN_S("/."))) {
            in = CN_S("/");
        } else if (cn_slice_starts(in, CN_S("/../")) || cn_slice_eq(in, CN_S("/.."))) {
            in = in.n > 3 ? cn_slice_from(in, 3) : CN_S("/");
            while (n && out[--n] != '/') {
            }
        } else if (cn_slice_eq(in, CN_S(".")) || cn_slice_eq(in, CN_S(".."))) {
            in.n = 0;
        } else {
            do {
                out[n++] = in.p[0];
                in = cn_slice_from(in, 1);
            } while (in.n && in.p[0] != '/');
        }
    }
    return n;
}

/* RFC 3986, 5.2.3 */
static void merge(cn_buf *b, const parts *base, cn_slice path) {
    if (base->has_authority && base->path.n == 0) {
        cn_buf_byte(b, '/');
    } else {
        size_t keep = base->path.n;
        while (keep && base->path.p[keep - 1] != '/') keep--;
        cn_buf_add(b, cn_slice_sub(base->path, 0, keep));
    }
    cn_buf_add(b, path);
}

/* RFC 3986, 5.3 */
static void join(cn_buf *b, const parts *t) {
    if (t->has_scheme) {
        cn_buf_add(b, t->scheme);
        cn_buf_byte(b, ':');
    }
    if (t->has_authority) {
        cn_buf_add(b, CN_S("//"));
        cn_buf_add(b, t->authority);
    }
    cn_buf_add(b, t->path);
    if (t->has_query) {
        cn_buf_byte(b, '?');
        cn_buf_add(b, t->query);
    }
    if (t->has_fragment) {
        cn_buf_byte(b, '#');
        cn_buf_add(b, t->fragment);
    }
}

/* The path of the target: merged with the base's where it is relative, without dot segments. */
static bool target_path(cn_arena *a, const parts *base, cn_slice path, cn_slice *out) {
    if (base && !cn_slice_starts(path, CN_S("/"))) {
        cn_buf merged = cn_buf_on(a, 0);
        merge(&merged, base, path);
        if (!cn_buf_ok(&merged)) return false;
        path = cn_buf_slice(&merged);
    }
    char *clean = CN_NEW_ARRAY(a, char, path.n + 1);
    if (!clean) return false;
    *out = (cn_slice){clean, remove_dots(path, clean)};
    return true;
}

/* 5.2.2: what the reference lacks comes from the base, from the left up to the first part it has. */
bool cn_uri_resolve(cn_arena *a, cn_slice base, cn_slice reference, cn_slice *out) {
    if (base.n == 0) {
        *out = reference;
        return true;
    }
    parts b = split(base), t = split(reference);
    bool inherits = !t.has_scheme && !t.has_authority, same_path = inherits && t.path.n == 0;
    if (!t.has_scheme) {
        t.scheme = b.scheme;
        t.has_scheme = b.has_scheme;
    }
    if (inherits) {
        t.authority = b.authority;
        t.has_authority = b.has_authority;
    }
    if (same_path && !t.has_query) {
        t.query = b.query;
        t.has_query = b.has_query;
    }
    if (same_path) t.path = b.path;
    else if (!target_path(a, inherits ? &b : NULL, t.path, &t.path)) return false;
    cn_buf text = cn_buf_on(a, 0);
    join(&text, &t);
    if (!cn_buf_ok(&text)) return false;
    *out = cn_buf_slice(&text);
    return true;
}

/* How much of the base's path, up to and with a slash, the other path begins with. */
static size_t shared_path(cn_slice base, cn_slice path) {
    size_t shared = 0;
    for (size_t i = 0; i < base.n && i < path.n && base.p[i] == path.p[i]; i++)
        if (base.p[i] == '/') shared = i + 1;
    return shared;
}

/* From the last slash of the base's path on, that many steps up, then down again. */
static void write_steps(cn_buf *b, cn_slice base, cn_slice path, size_t shared) {
    cn_slice rest = cn_slice_from(path, shared);
    bool up = false;
    for (size_t i = shared; i < base.n; i++)
        if (base.p[i] == '/') {
            cn_buf_add(b, CN_S("../"));
            up = true;
        }
    cn_slice first, tail;
    cn_slice_cut(rest, '/', &first, &tail);
    /* Neither nothing, nor what would be read as a path from the root, or as a scheme. */
    if (!up && (first.n == 0 || cn_slice_find_byte(first, ':') != SIZE_MAX)) cn_buf_add(b, CN_S("./"));
    cn_buf_add(b, rest);
}

static void write_relative(cn_buf *b, const parts *base, const parts *t) {
    bool same_path = cn_slice_eq(base->path, t->path);
    if (!same_path || !(t->has_query || (t->has_fragment && !base->has_query)))
        write_steps(b, base->path, t->path, shared_path(base->path, t->path));
    join(b, &(parts){.has_query = t->has_query,
                     .query = t->query,
                     .has_fragment = t->has_fragment,
                     .fragment = t->fragment});
}

bool cn_uri_relative(cn_arena *a, cn_slice base, cn_slice iri, cn_slice *out) {
    parts b = split(base), t = split(iri);
    *out = iri;
    if (!b.has_scheme || !t.has_scheme || !cn_slice_eq(b.scheme, t.scheme)) return true;
    if (!b.has_authority || !t.has_authority || !cn_slice_eq(b.authority, t.authority)) return true;
    cn_buf text = cn_buf_on(a, 0);
    cn_slice back;
    write_relative(&text, &b, &t);
    if (!cn_buf_ok(&text) || !cn_uri_resolve(a, base, cn_buf_slice(&text), &back)) return false;
    if (cn_slice_eq(back, iri)) *out = cn_buf_slice(&text); /* dot segments would not come back */
    return true;
}

bool cn_uri_blank(cn_slice s) {
    return s.n >= 2 && s.p[0] == '_' && s.p[1] == ':';
}

/* By byte: what no IRI may hold. */
enum { SPACE = 1, DELIMITER = 2 };

// clang-format off
static const uint8_t refused[256] = {
    SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE,
    SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE,
    [' '] = SPACE, [0x7f] = SPACE,
    ['<'] = DELIMITER, ['>'] = DELIMITER, ['"'] = DELIMITER, ['{'] = DELIMITER, ['}'] = DELIMITER,
    ['|'] = DELIMITER, ['^'] = DELIMITER, ['`'] = DELIMITER, ['\\'] = DELIMITER,
};
// clang-format on

static bool holds_none(cn_slice s, unsigned of) {
    const uint8_t *p = (const uint8_t *)s.p;
    unsigned found = 0;
    for (size_t i = 0; i < s.n; i++) found |= refused[p[i]];
    return !(found & of);
}

bool cn_uri_absolute(cn_slice s) {
    return (cn_uri_blank(s) || scheme_length(s)) && holds_none(s, SPACE);
}

bool cn_uri_well_formed(cn_slice s) {
    return scheme_length(s) && holds_none(s, SPACE | DELIMITER);
}
