/* SPDX-License-Identifier: Apache-2.0
 *
 * multipart/form-data (RFC 7578, RFC 2046, 5.1) as browsers write it: no preamble, lines end with CRLF, a
 * delimiter line is exactly the delimiter. What other readers might take apart in another way is refused.
 */
#include "http/inside.h"

enum { MAX_PARTS = 64, MAX_HEADERS = 8, MAX_LINE = 2048, MAX_NAME = 256, MAX_FILENAME = 1024, MAX_BOUNDARY = 70 };

typedef struct reader {
    cn_arena *a;
    cn_slice rest;      /* what is not read yet */
    cn_slice delimiter; /* "\r\n--boundary" */
    cn_err *err;
} reader;

static bool fail_syntax(cn_err *err, const char *what) {
    return cn_fail(err, CN_INVALID, "form.syntax", "The form's body %s.", what);
}

/* RFC 2046, 5.1.1: bcharsnospace; a space may stand within but no browser writes one. */
static bool is_boundary(cn_slice s) {
    static const char others[] = "'()+_,-./:=?";
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], lower = (char)(c | 0x20);
        bool plain = (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z');
        if (!plain && !(c && strchr(others, c))) return false;
    }
    return s.n >= 1 && s.n <= MAX_BOUNDARY;
}

static bool take(cn_slice *rest, cn_slice prefix) {
    if (!cn_slice_starts(*rest, prefix)) return false;
    *rest = cn_slice_from(*rest, prefix.n);
    return true;
}

static bool take_line(reader *r, cn_slice *line) {
    size_t end = cn_slice_find(cn_slice_sub(r->rest, 0, MAX_LINE + 2), CN_S("\r\n"));
    if (end == SIZE_MAX && r->rest.n > MAX_LINE)
        return cn_fail(r->err, CN_LIMIT, "form.header", "A part's header is longer than %d bytes.", MAX_LINE);
    if (end == SIZE_MAX) return fail_syntax(r->err, "ends within a part's headers");
    *line = cn_slice_sub(r->rest, 0, end);
    r->rest = cn_slice_from(r->rest, end + 2);
    return true;
}

static bool is_name(cn_slice s, size_t max) {
    return s.n <= max && cn_utf8_invalid(s) == SIZE_MAX && !cn_http_has_control(s);
}

/* Some browsers sent the whole path of the file. */
static cn_slice without_folders(cn_slice s) {
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == '/' || s.p[i - 1] == '\\') return cn_slice_from(s, i);
    return s;
}

static bool read_parameter(reader *r, cn_slice value, cn_slice name, cn_slice *out) {
    if (cn_http_parameter(r->a, value, name, out, r->err)) return true;
    return r->err->code == CN_INVALID && fail_syntax(r->err, "has a part whose disposition cannot be read");
}

/* RFC 7578, 4.2 */
static bool read_disposition(reader *r, cn_slice value, cn_form_part *part) {
    cn_slice type, rest;
    (void)cn_slice_cut(value, ';', &type, &rest);
    if (!cn_slice_eq_nocase(cn_slice_trim(type), CN_S("form-data")))
        return fail_syntax(r->err, "has a part that is no form data");
    if (part->name.p) return fail_syntax(r->err, "has a part with two dispositions");
    if (!read_parameter(r, value, CN_S("name"), &part->name) ||
        !read_parameter(r, value, CN_S("filename"), &part->filename))
        return false;
    if (!part->name.p) return fail_syntax(r->err, "has a part without a name");
    part->file = part->filename.p != NULL;
    if (part->file) part->filename = without_folders(part->filename);
    if (!is_name(part->name, MAX_NAME) || !is_name(part->filename, MAX_FILENAME))
        return cn_fail(r->err, CN_INVALID, "form.utf8",
                       "The name of a part or file is too long or no UTF-8 text.");
    return true;
}

static bool read_header(reader *r, cn_slice line, cn_form_part *part) {
    cn_slice name, value;
    if (!cn_slice_cut(line, ':', &name, &value) || !cn_http_is_token(name))
        return fail_syntax(r->err, "has a part with a line that is no header");
    value = cn_slice_trim(value);
    if (cn_slice_eq_nocase(name, CN_S("content-disposition"))) return read_disposition(r, value, part);
    if (cn_slice_eq_nocase(name, CN_S("content-type"))) part->media_type = value;
    /* RFC 7578, 4.7: deprecated; an encoding that changes the bytes would be content of another meaning. */
    if (cn_slice_eq_nocase(name, CN_S("content-transfer-encoding")) &&
        !cn_slice_eq_nocase(value, CN_S("binary")) && !cn_slice_eq_nocase(value, CN_S("8bit")) &&
        !cn_slice_eq_nocase(value, CN_S("7bit")))
        return fail_syntax(r->err, "has a part in a transfer encoding");
    return true;
}

static bool read_headers(reader *r, cn_form_part *part) {
    cn_slice line;
    for (int n = 0;; n++) {
        if (!take_line(r, &line)) return false;
        if (!line.n) break;
        if (n == MAX_HEADERS)
            return cn_fail(r->err, CN_LIMIT, "form.header", "A part has more than %d headers.", MAX_HEADERS);
        if (!read_header(r, line, part)) return false;
    }
    return part->name.p || fail_syntax(r->err, "has a part without a disposition");
}

static bool read_part(reader *r, cn_form_part *part) {
    if (!read_headers(r, part)) return false;
    size_t end = cn_slice_find(r->rest, r->delimiter);
    if (end == SIZE_MAX) return fail_syntax(r->err, "ends without its delimiter");
    part->value = cn_slice_sub(r->rest, 0, end);
    r->rest = cn_slice_from(r->rest, end + r->delimiter.n);
    if (part->file) return true;
    if (cn_utf8_invalid(part->value) != SIZE_MAX || cn_slice_find_byte(part->value, 0) != SIZE_MAX)
        return cn_fail(r->err, CN_INVALID, "form.utf8", "A field of the form is no UTF-8 text.");
    return true;
}

/* Behind a delimiter: another part, or the end of all. */
static bool read_parts(reader *r, cn_form *form) {
    while (take(&r->rest, CN_S("\r\n"))) {
        if (form->n == MAX_PARTS)
            return cn_fail(r->err, CN_LIMIT, "form.parts", "The form has more than %d parts.", MAX_PARTS);
        cn_form_part *v = cn_arena_grow(r->a, form->v, form->n, &form->cap, form->n + 1, sizeof *v);
        if (!v) return cn_fail_memory(r->err);
        form->v = v;
        v[form->n] = (cn_form_part){0};
        if (!read_part(r, &v[form->n])) return false;
        form->n++;
    }
    if (!take(&r->rest, CN_S("--"))) return fail_syntax(r->err, "has a line that only begins like its delimiter");
    (void)take(&r->rest, CN_S("\r\n"));
    return !r->rest.n || fail_syntax(r->err, "goes on behind its end");
}

bool cn_form_read_multipart(cn_arena *a, cn_slice body, cn_slice content_type, cn_form *out, cn_err *err) {
    cn_slice boundary, delimiter;
    bool read = cn_http_parameter(a, content_type, CN_S("boundary"), &boundary, err);
    if (!read && err->code != CN_INVALID) return false;
    if (!read || !is_boundary(boundary))
        return cn_fail(err, CN_INVALID, "form.syntax", "The form's media type names no boundary.");
    if (!cn_arena_print(a, &delimiter, "\r\n--%.*s", CN_ARG(boundary))) return cn_fail_memory(err);
    reader r = {a, body, delimiter, err};
    cn_form form = {0};
    if (!take(&r.rest, cn_slice_from(delimiter, 2))) return fail_syntax(err, "does not begin with its delimiter");
    if (!read_parts(&r, &form)) return false;
    *out = form;
    return true;
}
