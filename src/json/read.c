/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading JSON: RFC 8259, strictly, by recursive descent no deeper than a limit.
 *
 * The text is checked to be UTF-8 once, at the start; behind that only ASCII
 * bytes matter. The items of every array and object still open lie on one common
 * stack, and are moved to a vector of just the right size when it closes.
 */
#include "json/json.h"
#include "json/plain.h"

enum { DEFAULT_DEPTH = 128, DEFAULT_BYTES = 16 << 20 };

typedef struct entry {
    cn_slice key; /* empty in arrays */
    const cn_json *value;
    size_t at; /* where the key begins */
} entry;

typedef struct reader {
    cn_arena *arena;
    cn_slice text;
    size_t pos;
    size_t depth, max_depth;
    bool refuse_duplicates;
    entry *open; /* the stack */
    size_t n, cap;
    cn_err *err;
} reader;

static bool read_value(reader *r, const cn_json **out);

/* ---- Errors ---- */

static bool refuse(const reader *r, size_t at, cn_code code, const char *id, const char *text) {
    size_t line, column;
    char where[96];
    cn_utf8_place(r->text, at, &line, &column);
    int n = snprintf(where, sizeof where, "byte %zu (line %zu, column %zu)", at, line, column);
    return cn_fail_at(r->err, code, id, cn_slice_bytes(where, (size_t)n), "%s", text);
}

static bool not_json(const reader *r, size_t at, const char *text) {
    return refuse(r, at, CN_INVALID, "json.syntax", text);
}

/* The next byte, or -1 at the end. */
static int peek(const reader *r) {
    return r->pos < r->text.n ? (uint8_t)r->text.p[r->pos] : -1;
}

static bool expected(const reader *r, const char *what) {
    char text[128];
    (void)snprintf(text, sizeof text,
                   peek(r) < 0 ? "The text ends where %s was expected." : "Here %s was expected.", what);
    return not_json(r, r->pos, text);
}

static void skip_space(reader *r) {
    int c;
    while (c = peek(r), c == ' ' || c == '\n' || c == '\r' || c == '\t') r->pos++;
}

/* ---- Strings: section 7 ---- */

static bool hex4(cn_slice s, size_t at, uint32_t *out) {
    uint32_t v = 0;
    if (s.n < 4 || at > s.n - 4) return false;
    for (size_t i = at; i < at + 4; i++) {
        char c = s.p[i], low = (char)(c | 0x20);
        if (c >= '0' && c <= '9') v = v * 16 + (uint32_t)(c - '0');
        else if (low >= 'a' && low <= 'f') v = v * 16 + (uint32_t)(low - 'a' + 10);
        else return false;
    }
    *out = v;
    return true;
}

/* A \u escape, or two that are a surrogate pair. */
static size_t unicode_escape(cn_slice s, size_t at, uint32_t *cp) {
    uint32_t low;
    if (!hex4(s, at + 2, cp)) return 0;
    if (*cp < 0xd800 || *cp > 0xdfff) return 6;
    if (*cp > 0xdbff || s.n - at < 12 || s.p[at + 6] != '\\' || s.p[at + 7] != 'u') return 0;
    if (!hex4(s, at + 8, &low) || low < 0xdc00 || low > 0xdfff) return 0;
    *cp = 0x10000 + ((*cp - 0xd800) << 10) + (low - 0xdc00);
    return 12;
}

/* The code point and length of the escape that begins at `at`; length 0 when it is none. */
static size_t escape(cn_slice s, size_t at, uint32_t *cp) {
    if (s.n - at < 2) return 0;
    switch (s.p[at + 1]) {
    case '"':
    case '\\':
    case '/': *cp = (uint8_t)s.p[at + 1]; return 2;
    case 'b': *cp = '\b'; return 2;
    case 'f': *cp = '\f'; return 2;
    case 'n': *cp = '\n'; return 2;
    case 'r': *cp = '\r'; return 2;
    case 't': *cp = '\t'; return 2;
    case 'u': return unicode_escape(s, at, cp);
    default: return 0;
    }
}

/* `raw` holds only escapes that were checked; none is shorter than what it stands for. */
static bool unescape(reader *r, cn_slice raw, cn_slice *out) {
    char *text = cn_arena_alloc(r->arena, raw.n);
    if (!text) return cn_fail_memory(r->err);
    size_t n = 0;
    for (size_t i = 0; i < raw.n;) {
        size_t end = cn_json_plain_end(raw, i);
        memcpy(text + n, raw.p + i, end - i);
        n += end - i;
        i = end;
        uint32_t cp;
        if (i == raw.n) break;
        i += escape(raw, i, &cp);
        char bytes[4];
        size_t length = cn_utf8_put(cp, bytes);
        memcpy(text + n, bytes, length);
        n += length;
    }
    *out = cn_slice_bytes(text, n);
    return true;
}

static bool read_string(reader *r, cn_slice *out) {
    size_t start = ++r->pos;
    bool escaped = false;
    for (;;) {
        r->pos = cn_json_plain_end(r->text, r->pos);
        int c = peek(r);
        if (c == '"') break;
        if (c < 0) return expected(r, "the closing quotation mark of a string");
        if (c != '\\') return not_json(r, r->pos, "A control character in a string must be escaped.");
        uint32_t cp;
        size_t length = escape(r->text, r->pos, &cp);
        if (!length) return not_json(r, r->pos, "This is no escape that JSON knows, or half of a surrogate pair.");
        r->pos += length;
        escaped = true;
    }
    cn_slice raw = cn_slice_sub(r->text, start, r->pos++);
    if (escaped) return unescape(r, raw, out);
    *out = raw;
    return true;
}

/* ---- Numbers and words: sections 6 and 3 ---- */

static bool in_number(int c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static bool read_number(reader *r, cn_json *v) {
    size_t start = r->pos;
    while (in_number(peek(r))) r->pos++;
    v->type = CN_JSON_NUMBER;
    v->string = cn_slice_sub(r->text, start, r->pos);
    if (!cn_number_read(v->string, &v->number))
        return not_json(r, start, "This is no number as JSON writes them.");
    if (v->number - v->number == 0) return true;
    return refuse(r, start, CN_INVALID, "json.number", "This number is too large.");
}

static bool read_word(reader *r, cn_json *v) {
    static const struct {
        cn_slice word;
        cn_json_type type;
    } words[] = {
        {CN_S_INIT("true"), CN_JSON_TRUE}, {CN_S_INIT("false"), CN_JSON_FALSE}, {CN_S_INIT("null"), CN_JSON_NULL}};
    cn_slice rest = cn_slice_from(r->text, r->pos);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!cn_slice_starts(rest, words[i].word)) continue;
        v->type = words[i].type;
        r->pos += words[i].word.n;
        return true;
    }
    return expected(r, "a value");
}

/* ---- Arrays and objects: sections 5 and 4 ---- */

static bool push(reader *r, entry e) {
    entry *v = cn_arena_grow(r->arena, r->open, r->n, &r->cap, r->n + 1, sizeof e);
    if (!v) return cn_fail_memory(r->err);
    r->open = v;
    v[r->n++] = e;
    return true;
}

static bool close_array(reader *r, size_t base, cn_json *v) {
    size_t n = r->n - base;
    v->array.v = CN_NEW_ARRAY(r->arena, const cn_json *, n);
    if (!v->array.v) return cn_fail_memory(r->err);
    for (size_t i = 0; i < n; i++) v->array.v[i] = r->open[base + i].value;
    v->array.n = v->array.cap = n;
    r->n = base;
    return true;
}

static bool close_object(reader *r, size_t base, cn_json *v) {
    size_t n = r->n - base;
    v->object.v = CN_NEW_ARRAY(r->arena, cn_json_member, n);
    if (!v->object.v) return cn_fail_memory(r->err);
    v->object.cap = n;
    for (size_t i = 0; i < n; i++) {
        const entry *e = &r->open[base + i];
        size_t before = v->object.n;
        if (!cn_json_set(r->arena, v, e->key, e->value)) return cn_fail_memory(r->err);
        if (v->object.n == before && r->refuse_duplicates)
            return refuse(r, e->at, CN_INVALID, "json.duplicate-key", "This key is in the object twice.");
    }
    r->n = base;
    return true;
}

static bool read_member(reader *r, entry *e) {
    skip_space(r);
    e->at = r->pos;
    if (peek(r) != '"') return expected(r, "a key in quotation marks");
    if (!read_string(r, &e->key)) return false;
    skip_space(r);
    if (peek(r) != ':') return expected(r, "a colon");
    r->pos++;
    return read_value(r, &e->value);
}

/* Moves behind a comma or the closing bracket, and says which it was. */
static bool read_separator(reader *r, char close, bool *closed) {
    skip_space(r);
    int c = peek(r);
    *closed = c == close;
    if (!*closed && c != ',') return expected(r, close == ']' ? "a comma or ']'" : "a comma or '}'");
    r->pos++;
    return true;
}

static bool read_items(reader *r, cn_json *v) {
    bool object = v->type == CN_JSON_OBJECT, closed = false;
    char close = object ? '}' : ']';
    size_t base = r->n;
    r->pos++;
    skip_space(r);
    if (peek(r) == close) closed = true, r->pos++;
    while (!closed) {
        entry e = {0};
        if (object ? !read_member(r, &e) : !read_value(r, &e.value)) return false;
        if (!push(r, e) || !read_separator(r, close, &closed)) return false;
    }
    return object ? close_object(r, base, v) : close_array(r, base, v);
}

static bool read_nested(reader *r, cn_json *v, cn_json_type type) {
    if (r->depth == r->max_depth)
        return refuse(r, r->pos, CN_LIMIT, "json.depth", "Arrays and objects are nested deeper than is allowed.");
    v->type = type;
    r->depth++;
    bool ok = read_items(r, v);
    r->depth--;
    return ok;
}

static bool read_any(reader *r, cn_json *v) {
    int c = peek(r);
    if (c == '{') return read_nested(r, v, CN_JSON_OBJECT);
    if (c == '[') return read_nested(r, v, CN_JSON_ARRAY);
    if (c == '-' || (c >= '0' && c <= '9')) return read_number(r, v);
    if (c != '"') return read_word(r, v);
    v->type = CN_JSON_STRING;
    return read_string(r, &v->string);
}

static bool read_value(reader *r, const cn_json **out) {
    skip_space(r);
    cn_json *v = CN_NEW(r->arena, cn_json);
    if (!v) return cn_fail_memory(r->err);
    v->at = (uint32_t)r->pos;
    *out = v;
    return read_any(r, v);
}

static size_t limit(size_t asked, size_t otherwise, size_t most) {
    size_t value = asked ? asked : otherwise;
    return value < most ? value : most;
}

bool cn_json_read(cn_arena *a, cn_slice text, const cn_json_options *options, const cn_json **out, cn_err *err) {
    cn_json_options none = {0}, o = options ? *options : none;
    reader r = {.arena = a,
                .text = text,
                .max_depth = limit(o.max_depth, DEFAULT_DEPTH, CN_JSON_DEEPEST),
                .refuse_duplicates = o.refuse_duplicates,
                .err = err};
    size_t max_bytes = limit(o.max_bytes, DEFAULT_BYTES, UINT32_MAX);
    if (text.n > max_bytes)
        return cn_fail(err, CN_LIMIT, "json.size", "The text has %zu bytes; at most %zu are allowed.", text.n,
                       max_bytes);
    size_t invalid = cn_utf8_invalid(text);
    if (invalid != SIZE_MAX)
        return refuse(&r, invalid, CN_INVALID, "json.utf8", "These bytes are not UTF-8 text.");
    const cn_json *v = NULL;
    if (!read_value(&r, &v)) return false;
    skip_space(&r);
    if (r.pos < text.n) return expected(&r, "the end of the text");
    *out = v;
    return true;
}
