/* SPDX-License-Identifier: Apache-2.0
 *
 * Badges in SVG images: Open Badges 3.0, 5.3.2.
 *
 * Expat tells what it finds and builds no tree. An SVG is UTF-8 here, whatever it calls itself;
 * a DOCTYPE may name a DTD, which is not loaded, but declare nothing, so that there is no
 * entity to expand.
 */
#include <expat.h>

#include "vc/bake.h"

#define NS_SVG "http://www.w3.org/2000/svg"
#define NS_BADGE "https://purl.imsglobal.org/ob/v3p0"
#define NS_BADGE_2 "http://openbadges.org"
#define BOM "\xef\xbb\xbf"
/* The names of elements come as namespace, separator and name. XML cannot hold this one, not even by its number.
 */
enum { SEPARATOR = '\f' };
enum { DEPTH_MAX = 200, ATTRIBUTES_MAX = 512, PREFIXES_MAX = 256 };

/* One parse at work. */
typedef struct svg {
    XML_Parser parser;
    cn_buf text;     /* of the credential element, outside its child elements */
    cn_buf old_text; /* the same of an older badge */
    cn_slice verify, old_verify;
    int depth, inside; /* open elements; the depth of the open credential, 0: none */
    int old_inside;
    int prefixes[DEPTH_MAX + 1]; /* declared around and in the element of each depth */
    int declared;                /* … in the one that comes next */
    bool rooted;                 /* the root element was that of an SVG */
    bool baked;
    bool failed; /* *err says why; nothing that follows counts */
    char old[48];
    cn_err *err;
} svg;

/* ---- Failing, in callbacks of the parser ---- */

static cn_slice place(const svg *s, char out[48]) {
    (void)snprintf(out, 48, "line %lu, column %lu", XML_GetCurrentLineNumber(s->parser),
                   XML_GetCurrentColumnNumber(s->parser) + 1);
    return cn_slice_of(out);
}

/* The first failure stays. */
static void stop(svg *s, cn_code code, const char *id, const char *why) {
    char where[48];
    if (s->failed) return;
    (void)cn_fail_at(s->err, code, id, place(s, where), "%s", why);
    s->failed = true;
    (void)XML_StopParser(s->parser, XML_FALSE);
}

static void stop_for_memory(svg *s) {
    if (s->failed) return;
    (void)cn_fail_memory(s->err);
    s->failed = true;
    (void)XML_StopParser(s->parser, XML_FALSE);
}

/* What Expat says of a document that it could not read to its end. */
static void take_error(svg *s) {
    enum XML_Error code = XML_GetErrorCode(s->parser);
    if (code == XML_ERROR_NO_MEMORY) stop_for_memory(s);
    if (s->failed) return;
    char where[48];
    const char *id = s->rooted ? "svg-syntax" : "not-an-image";
    const char *what = s->rooted ? "The SVG image is damaged or not well-formed XML"
                                 : "This is not an SVG image, nor any other XML";
    s->failed = true;
    (void)cn_fail_at(s->err, CN_INVALID, id, place(s, where), "%s: %s.", what, XML_ErrorString(code));
}

/* ---- Elements ---- */

static bool is(const XML_Char *name, cn_slice wanted) {
    return cn_slice_eq(cn_slice_of(name), wanted);
}

static void on_doctype(void *self, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id,
                       int declares) {
    svg *s = self;
    (void)name, (void)system_id, (void)public_id;
    if (declares)
        stop(s, CN_UNSUPPORTED, "svg-dtd",
             "The SVG image declares entities or a document type of its own, which is not read; save it as plain "
             "SVG.");
}

/* Neither predefined nor declared: what it stands for would be missing from what was signed. */
static void on_reference(void *self, const XML_Char *name, int is_parameter) {
    svg *s = self;
    (void)name, (void)is_parameter;
    if (s->inside || s->old_inside)
        stop(s, CN_INVALID, "svg-entity", "The credential uses an entity that the SVG image does not explain.");
}

/* Attributes come as names and values in turn. */
static void take_verify(svg *s, const XML_Char **attributes, cn_slice *out) {
    for (const XML_Char **at = attributes; at[0]; at += 2)
        if (is(at[0], CN_S("verify")) && !cn_arena_copy(s->text.arena, cn_slice_trim(cn_slice_of(at[1])), out))
            stop_for_memory(s);
}

static void take_credential(svg *s, const XML_Char **attributes) {
    if (s->baked) {
        stop(s, CN_INVALID, "svg-two-credentials",
             "This picture holds a second credential, so nobody can tell which one it stands for.");
        return;
    }
    s->baked = true;
    s->inside = s->depth;
    take_verify(s, attributes, &s->verify);
}

/* Open Badges 2.0, "Baking": the same way. Of several the first. */
static void take_old(svg *s, const XML_Char **attributes) {
    (void)place(s, s->old);
    s->old_inside = s->depth;
    take_verify(s, attributes, &s->old_verify);
}

/* Before the element that declares it. */
static void on_prefix(void *self, const XML_Char *prefix, const XML_Char *ns) {
    svg *s = self;
    (void)prefix, (void)ns;
    s->declared++;
}

static bool enter(svg *s, const XML_Char *name) {
    int declared = s->declared;
    s->declared = 0;
    if (s->depth == DEPTH_MAX)
        stop(s, CN_LIMIT, "too-deep", "The elements of the SVG image are nested too deeply.");
    else if (s->prefixes[s->depth] + declared > PREFIXES_MAX)
        stop(s, CN_LIMIT, "svg-too-complex", "The SVG image declares too many namespaces.");
    else if (s->depth == 0 && !is(name, CN_S("svg")) && !is(name, CN_S(NS_SVG "\fsvg")))
        stop(s, CN_INVALID, "not-an-image",
             "This is XML or a web page, but no SVG image; choose the file of the badge itself.");
    if (s->failed) return false;
    s->rooted = true;
    s->depth++;
    s->prefixes[s->depth] = s->prefixes[s->depth - 1] + declared;
    return true;
}

static void on_start(void *self, const XML_Char *name, const XML_Char **attributes) {
    svg *s = self;
    if (s->failed || !enter(s, name)) return;
    if (is(name, CN_S(NS_BADGE "\fcredential"))) take_credential(s, attributes);
    if (is(name, CN_S(NS_BADGE_2 "\fassertion")) && !s->old[0]) take_old(s, attributes);
}

static void on_end(void *self, const XML_Char *name) {
    svg *s = self;
    (void)name;
    if (s->failed) return;
    if (s->inside == s->depth) s->inside = 0;
    if (s->old_inside == s->depth) s->old_inside = 0;
    s->depth--;
}

static void on_text(void *self, const XML_Char *text, int n) {
    svg *s = self;
    bool old = s->old_inside == s->depth, credential = s->inside == s->depth;
    if (s->failed || !s->depth || (!old && !credential)) return;
    cn_buf *to = credential ? &s->text : &s->old_text;
    cn_buf_add(to, cn_slice_bytes(text, (size_t)n));
    if (!cn_buf_ok(to)) stop_for_memory(s);
}

/* ---- Parsing ---- */

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool check_encoding(cn_slice image, cn_err *err) {
    size_t bad = cn_utf8_invalid(image), nul = cn_slice_find_byte(image, 0);
    char where[48];
    if (bad == SIZE_MAX && nul == SIZE_MAX) return true;
    (void)snprintf(where, sizeof where, "byte %zu", bad < nul ? bad : nul);
    return cn_fail_at(err, CN_UNSUPPORTED, "svg-encoding", cn_slice_of(where),
                      "The SVG image is not UTF-8 text; save it as UTF-8.");
}

/* A tag holds no second "<", so that between two of them stand at least all attributes of one. */
static bool check_attributes(cn_slice image, cn_err *err) {
    size_t count = 0;
    for (size_t i = 0; i < image.n; i++) {
        if (image.p[i] == '<') count = 0;
        if (image.p[i] != '=') continue;
        while (i + 1 < image.n && is_space(image.p[i + 1])) i++;
        char next = i + 1 < image.n ? image.p[i + 1] : 0;
        if ((next != '"' && next != '\'') || ++count <= ATTRIBUTES_MAX) continue;
        char where[48];
        (void)snprintf(where, sizeof where, "byte %zu", i);
        return cn_fail_at(err, CN_LIMIT, "svg-too-complex", cn_slice_of(where),
                          "An element of the SVG image has more than %d attributes.", ATTRIBUTES_MAX);
    }
    return true;
}

static bool parse(cn_arena *a, cn_slice image, svg *s, cn_err *err) {
    if (!cn_image_size_ok(image, err) || !check_encoding(image, err) || !check_attributes(image, err))
        return false;
    *s = (svg){.text = cn_buf_on(a, CN_IMAGE_MAX), .old_text = cn_buf_on(a, CN_IMAGE_MAX), .err = err};
    s->parser = XML_ParserCreateNS("UTF-8", SEPARATOR);
    if (!s->parser) return cn_fail_memory(err);
    XML_SetUserData(s->parser, s);
    XML_SetElementHandler(s->parser, on_start, on_end);
    XML_SetCharacterDataHandler(s->parser, on_text);
    XML_SetStartNamespaceDeclHandler(s->parser, on_prefix);
    XML_SetStartDoctypeDeclHandler(s->parser, on_doctype);
    XML_SetSkippedEntityHandler(s->parser, on_reference);
    if (XML_Parse(s->parser, image.p, (int)image.n, XML_TRUE) != XML_STATUS_OK) take_error(s);
    XML_ParserFree(s->parser);
    s->parser = NULL;
    return !s->failed;
}

bool cn_unbake_svg(cn_arena *a, cn_slice image, cn_slice *payload, cn_err *err) {
    svg s;
    if (!parse(a, image, &s, err)) return false;
    cn_slice text = cn_slice_trim(cn_buf_slice(&s.text));
    if (text.n && s.verify.n)
        return cn_fail_at(err, CN_INVALID, "svg-two-credentials", CN_S("the credential element"),
                          "This picture holds one credential as text and one in an attribute, so nobody can tell "
                          "which one it stands for.");
    cn_slice old = cn_slice_trim(cn_buf_slice(&s.old_text));
    if (!old.n) old = s.old_verify;
    if (!s.baked && old.n) {
        *payload = old;
        return true;
    }
    if (!text.n && !s.verify.n)
        return s.old[0] && !s.baked ? cn_open_badges_2(cn_slice_of(s.old), err) : cn_no_credential(err);
    *payload = text.n ? text : s.verify;
    return true;
}

/* ---- Baking: the element goes in behind the root's start tag, the rest stays as it is ---- */

/* Where `end` ends, from `at` on. */
static size_t past(cn_slice s, size_t at, cn_slice end) {
    size_t found = cn_slice_find(cn_slice_from(s, at), end);
    return found == SIZE_MAX ? s.n : at + found + end.n;
}

/* The same for the ">" of a tag, which attribute values may hold too. */
static size_t past_tag(cn_slice s, size_t at) {
    char quote = 0;
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (quote) quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'') quote = c;
        else if (c == '>') return at + 1;
    }
    return s.n;
}

/* The root's start tag in a document that is known to be well-formed, without an internal subset. */
static cn_slice root_tag(cn_slice s) {
    for (size_t at = 0; at < s.n;) {
        at += cn_slice_find_byte(cn_slice_from(s, at), '<');
        cn_slice rest = cn_slice_from(s, at);
        if (cn_slice_starts(rest, CN_S("<?"))) at = past(s, at, CN_S("?>"));
        else if (cn_slice_starts(rest, CN_S("<!--"))) at = past(s, at + 4, CN_S("-->"));
        else if (cn_slice_starts(rest, CN_S("<!"))) at = past_tag(s, at);
        else return cn_slice_sub(s, at, past_tag(s, at));
    }
    return (cn_slice){0};
}

/* XML 2.11 makes every line end a LF; a CDATA section ends at the first "]]>", so that one is split. */
static void add_cdata(cn_buf *b, cn_slice text) {
    cn_buf_add(b, CN_S("<![CDATA["));
    for (size_t i = 0; i < text.n; i++) {
        cn_slice rest = cn_slice_from(text, i);
        if (text.p[i] != '\r') cn_buf_byte(b, text.p[i]);
        else if (!cn_slice_starts(rest, CN_S("\r\n"))) cn_buf_byte(b, '\n');
        if (cn_slice_starts(rest, CN_S("]]>"))) cn_buf_add(b, CN_S("]]><![CDATA["));
    }
    cn_buf_add(b, CN_S("]]>"));
}

static void add_credential(cn_buf *b, cn_slice payload) {
    cn_buf_add(b, CN_S("<openbadges:credential xmlns:openbadges=\"" NS_BADGE "\""));
    if (cn_slice_starts(payload, CN_S("{"))) {
        cn_buf_add(b, CN_S(">"));
        add_cdata(b, payload);
        cn_buf_add(b, CN_S("</openbadges:credential>"));
    } else {
        cn_buf_add(b, CN_S(" verify=\""));
        cn_buf_add(b, payload);
        cn_buf_add(b, CN_S("\"/>"));
    }
}

static cn_slice tag_name(cn_slice tag) {
    size_t n = 1;
    while (n < tag.n && !strchr(" \t\r\n/>", tag.p[n])) n++;
    return cn_slice_sub(tag, 1, n);
}

static void add_baked(cn_buf *b, cn_slice image, cn_slice tag, cn_slice payload) {
    size_t start = (size_t)(tag.p - image.p);
    bool empty = cn_slice_ends(tag, CN_S("/>")); /* <svg/> is opened */
    cn_buf_add(b, cn_slice_sub(image, 0, start + tag.n - (empty ? 2 : 0)));
    if (empty) cn_buf_byte(b, '>');
    add_credential(b, payload);
    if (empty) {
        cn_buf_add(b, CN_S("</"));
        cn_buf_add(b, tag_name(tag));
        cn_buf_byte(b, '>');
    }
    cn_buf_add(b, cn_slice_from(image, start + tag.n));
}

/* A document that calls itself by another encoding, with only ASCII in it, would turn what we add into nonsense.
 */
static bool says_utf8(cn_slice image) {
    cn_slice text = cn_slice_starts(image, CN_S(BOM)) ? cn_slice_from(image, sizeof BOM - 1) : image;
    if (!cn_slice_starts(text, CN_S("<?xml"))) return true;
    cn_slice declaration = cn_slice_sub(text, 0, past(text, 0, CN_S("?>")));
    size_t at = cn_slice_find(declaration, CN_S("encoding"));
    if (at == SIZE_MAX) return true;
    cn_slice value = cn_slice_from(declaration, at + sizeof "encoding" - 1);
    while (value.n && strchr(" \t\r\n='\"", value.p[0])) value = cn_slice_from(value, 1);
    return cn_slice_eq_nocase(cn_slice_sub(value, 0, 5), CN_S("utf-8"));
}

static bool is_ascii(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] >= 0x80) return false;
    return true;
}

/* What was baked must come out of the image again. */
static bool check_baked(cn_arena *a, cn_slice baked, cn_err *err) {
    cn_slice again;
    cn_err why;
    if (cn_unbake_svg(a, baked, &again, &why)) return true;
    if (why.code == CN_LIMIT) {
        *err = why;
        return false;
    }
    return cn_fail(err, CN_INVALID, "bake-payload", "The credential holds what XML cannot: %s", why.detail);
}

bool cn_bake_svg(cn_arena *a, cn_slice image, cn_slice payload, cn_slice *out, cn_err *err) {
    cn_slice text;
    svg s;
    if (!cn_bake_payload(payload, &text, err) || !parse(a, image, &s, err)) return false;
    if (s.baked) return cn_baked_already(err);
    if (!is_ascii(text) && !says_utf8(image))
        return cn_fail(err, CN_UNSUPPORTED, "svg-encoding",
                       "The SVG image declares another encoding than UTF-8; save it as UTF-8.");
    cn_buf b = cn_buf_on(a, 0);
    add_baked(&b, image, root_tag(image), text);
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    if (!check_baked(a, cn_buf_slice(&b), err)) return false;
    *out = cn_buf_slice(&b);
    return true;
}
