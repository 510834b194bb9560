/* SPDX-License-Identifier: Apache-2.0
 *
 * CTDL-ASN (Credential Engine): a JSON-LD graph with one ceasn:CompetencyFramework and its ceasn:Competency nodes,
 * in the form in which the registry publishes them: terms with their prefixes, texts as language maps, links as
 * addresses. Terms without the prefix and whole IRIs are taken too.
 */
#include "exchange/import_inside.h"

enum { ALL = 1 };

typedef struct reading {
    const cn_import_file *file;
    cn_import *im;
    cn_arena *a;
    bool french; /* of texts without a language */
} reading;

/* ---- Terms ---- */

static const cn_slice prefixes[] = {
    CN_S_INIT("ceasn:"),
    CN_S_INIT("ceterms:"),
    CN_S_INIT(""),
    CN_S_INIT("https://purl.org/ctdlasn/terms/"),
    CN_S_INIT("https://purl.org/ctdl/terms/"),
};
enum { PREFIXES = sizeof prefixes / sizeof *prefixes, TERM_MAX = 96 };

static cn_slice term(char buffer[TERM_MAX], cn_slice prefix, const char *name) {
    (void)snprintf(buffer, TERM_MAX, "%.*s%s", CN_ARG(prefix), name);
    return cn_slice_of(buffer);
}

static const cn_json *get(const cn_json *node, const char *name) {
    char buffer[TERM_MAX];
    const cn_json *v = NULL;
    for (size_t i = 0; i < PREFIXES && !v; i++) v = cn_json_get(node, term(buffer, prefixes[i], name));
    return v;
}

static bool is_a(const cn_json *node, const char *name) {
    const cn_json *types = cn_json_get(node, CN_S("@type"));
    char buffer[TERM_MAX];
    for (size_t i = 0; i < cn_json_many(types); i++)
        for (size_t k = 0; k < PREFIXES; k++)
            if (cn_json_is_string(cn_json_one(types, i), term(buffer, prefixes[k], name))) return true;
    return false;
}

/* An address is a text, or an object with it. */
static cn_slice link_of(const cn_json *v) {
    return cn_json_is(v, CN_JSON_OBJECT) ? cn_json_get_text(v, CN_S("@id")) : cn_json_text(v);
}

/* ---- Texts ---- */

static void put_texts(cn_buf *b, const cn_json *v) {
    for (size_t i = 0; i < cn_json_many(v); i++) {
        cn_slice text = cn_json_text(cn_json_one(v, i));
        if (text.n && b->n) cn_buf_byte(b, '\n');
        cn_buf_add(b, text);
    }
}

/* {"en-US": "…", "fr": ["…"]}, or a plain text. */
static bool text_in(const reading *r, const cn_json *v, bool french, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(r->a, CN_IMPORT_ROW_MAX);
    if (!cn_json_is(v, CN_JSON_OBJECT) && french == r->french) put_texts(&b, v);
    for (size_t i = 0; cn_json_is(v, CN_JSON_OBJECT) && i < v->object.n; i++) {
        bool fr;
        if (cn_import_language(v->object.v[i].key, &fr) && fr == french) put_texts(&b, v->object.v[i].value);
    }
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

/* ---- The framework ---- */

static bool tell_name(reading *r, const cn_json *node, cn_err *err) {
    const cn_json *name = get(node, "name");
    cn_slice en, fr;
    return text_in(r, name, false, &en, err) && text_in(r, name, true, &fr, err) &&
           cn_import_tell(r->im, CN_IMPORT_TITLE, en, err) && cn_import_tell(r->im, CN_IMPORT_TITLE_FR, fr, err);
}

static bool tell_publisher(reading *r, const cn_json *node, cn_err *err) {
    cn_slice name;
    if (!text_in(r, get(node, "publisherName"), false, &name, err)) return false;
    if (!name.n) name = link_of(cn_json_one(get(node, "publisher"), 0));
    return cn_import_tell(r->im, CN_IMPORT_PUBLISHER, name, err);
}

static bool read_framework(reading *r, const cn_json *node, cn_err *err) {
    cn_slice id = cn_json_get_text(node, CN_S("@id"));
    if (!cn_uri_well_formed(id))
        return cn_import_fail(err, r->file, CN_INVALID, "import.uri", 0, 0, "the framework has no @id.");
    return cn_import_is(r->im, r->file, CN_IMPORT_CTDL_ASN, id, err) && tell_name(r, node, err) &&
           tell_publisher(r, node, err) &&
           cn_import_tell(r->im, CN_IMPORT_LICENCE, link_of(cn_json_one(get(node, "license"), 0)), err);
}

/* ---- Competencies ---- */

static bool say_texts(reading *r, const cn_json *node, uint32_t at, bool french, cn_err *err) {
    unsigned in = french ? CN_IMPORT_FRENCH : 0;
    cn_slice label, short_label, comment, other;
    if (!text_in(r, get(node, "competencyText"), french, &label, err) ||
        !text_in(r, get(node, "competencyLabel"), french, &short_label, err) ||
        !text_in(r, get(node, "comment"), french, &comment, err))
        return false;
    if (!label.n) label = short_label;
    if (!label.n) return true;
    return cn_import_alternatives(r->a, short_label, label, &other, err) &&
           cn_import_say(r->im, at, CN_IMPORT_LABEL + in, label, err) &&
           cn_import_say(r->im, at, CN_IMPORT_ALTERNATIVES + in, other, err) &&
           cn_import_say(r->im, at, CN_IMPORT_DESCRIPTION + in, comment, err);
}

static bool relate_to(reading *r, const cn_json *node, uint32_t at, const char *name, cn_import_how how, bool back,
                      cn_err *err) {
    const cn_json *links = get(node, name);
    for (size_t i = 0; i < cn_json_many(links); i++) {
        cn_slice to = link_of(cn_json_one(links, i));
        uint32_t other;
        if (!cn_uri_well_formed(to)) continue;
        if (!cn_import_item_at(r->im, to, &other, err) ||
            !cn_import_relate(r->im, back ? other : at, how, back ? at : other, ALL, err))
            return false;
    }
    return true;
}

/* A tree is told from above as from below; whoever keeps relations keeps each once. */
static const struct {
    const char *name;
    cn_import_how how;
    bool back;
} links[] = {
    {"isChildOf", CN_IMPORT_BROADER, false},
    {"hasChild", CN_IMPORT_BROADER, true},
    {"exactAlignment", CN_IMPORT_EXACT, false},
    {"broadAlignment", CN_IMPORT_BROADER, false},
    {"majorAlignment", CN_IMPORT_RELATED, false},
    {"minorAlignment", CN_IMPORT_RELATED, false},
    {"prerequisiteAlignment", CN_IMPORT_ESSENTIAL, false},
};

static bool read_competency(reading *r, const cn_json *node, cn_err *err) {
    cn_slice id = cn_json_get_text(node, CN_S("@id")), code, type;
    uint32_t at;
    if (!cn_uri_well_formed(id))
        return cn_import_fail(err, r->file, CN_INVALID, "import.uri", 0, 0, "a competency has no @id.");
    if (!cn_import_item_at(r->im, id, &at, err)) return false;
    cn_import_listed(r->im, at, ALL);
    r->im->out.rows++;
    if (!say_texts(r, node, at, false, err) || !say_texts(r, node, at, true, err) ||
        !text_in(r, get(node, "competencyCategory"), false, &type, err))
        return false;
    code = cn_json_text(cn_json_one(get(node, "codedNotation"), 0));
    if (!cn_import_say(r->im, at, CN_IMPORT_CODE, code, err) ||
        !cn_import_say(r->im, at, CN_IMPORT_TYPE, type.n ? type : CN_S("competency"), err))
        return false;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (!relate_to(r, node, at, links[i].name, links[i].how, links[i].back, err)) return false;
    return true;
}

bool cn_import_asn(const cn_import_file *f, cn_arena *a, const cn_json *doc, cn_err *err) {
    reading r = {.file = f, .im = f->im, .a = a, .french = f->im->options.french};
    const cn_json *graph = cn_json_get(doc, CN_S("@graph")), *framework = NULL;
    if (!graph) graph = doc;
    for (size_t i = 0; i < cn_json_many(graph) && !framework; i++)
        if (is_a(cn_json_one(graph, i), "CompetencyFramework")) framework = cn_json_one(graph, i);
    if (!framework)
        return cn_import_fail(err, f, CN_INVALID, "import.shape", 0, 0,
                              "there is no ceasn:CompetencyFramework in this JSON-LD.");
    if (!read_framework(&r, framework, err)) return false;
    f->im->out.relation_lists |= ALL;
    for (size_t i = 0; i < cn_json_many(graph); i++)
        if (is_a(cn_json_one(graph, i), "Competency") && !read_competency(&r, cn_json_one(graph, i), err))
            return false;
    return true;
}
