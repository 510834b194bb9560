/* SPDX-License-Identifier: Apache-2.0
 *
 * CASE packages (1EdTech, Competencies and Academic Standards Exchange 1.0 and 1.1): a CFDocument, its CFItems,
 * and CFAssociations between them. 1.1 differs in members that are not kept.
 */
#include "exchange/import_inside.h"

enum { ALL = 1 };

typedef struct reading {
    const cn_import_file *file;
    cn_import *im;
    cn_arena *a;
    cn_slice id; /* of the document */
    bool french; /* of texts that do not say */
} reading;

/* A place in the document, for messages. */
static bool fail_at(const reading *r, const char *pointer, const char *id, const char *detail, cn_err *err) {
    cn_import_file f = *r->file;
    char name[160];
    cn_slice short_name = cn_utf8_prefix(f.name, 100);
    (void)snprintf(name, sizeof name, "%.*s: %s", CN_ARG(short_name), pointer);
    f.name = cn_slice_of(name);
    return cn_import_fail(err, &f, CN_INVALID, id, 0, 0, "%s", detail);
}

static bool fail(const reading *r, const char *list, size_t i, const char *id, const char *detail, cn_err *err) {
    char pointer[60];
    (void)snprintf(pointer, sizeof pointer, "/%s/%zu", list, i);
    return fail_at(r, pointer, id, detail, err);
}

/* ---- The document ---- */

static cn_slice licence_of(const cn_json *document) {
    const cn_json *licence = cn_json_get(document, CN_S("licenseURI"));
    return cn_json_is(licence, CN_JSON_OBJECT) ? cn_json_get_text(licence, CN_S("uri")) : cn_json_text(licence);
}

static bool read_document(reading *r, const cn_json *document, cn_err *err) {
    cn_slice uri = cn_json_get_text(document, CN_S("uri"));
    cn_slice publisher = cn_json_get_text(document, CN_S("publisher"));
    if (!publisher.n) publisher = cn_json_get_text(document, CN_S("creator"));
    if (!cn_uri_well_formed(uri))
        return fail_at(r, "/CFDocument/uri", "import.uri", "the document has no URI.", err);
    (void)cn_import_language(cn_json_get_text(document, CN_S("language")), &r->french);
    r->id = uri;
    return cn_import_is(r->im, r->file, CN_IMPORT_CASE, uri, err) &&
           cn_import_tell(r->im, r->french ? CN_IMPORT_TITLE_FR : CN_IMPORT_TITLE,
                          cn_json_get_text(document, CN_S("title")), err) &&
           cn_import_tell(r->im, CN_IMPORT_PUBLISHER, publisher, err) &&
           cn_import_tell(r->im, CN_IMPORT_VERSION, cn_json_get_text(document, CN_S("version")), err) &&
           cn_import_tell(r->im, CN_IMPORT_LICENCE, licence_of(document), err);
}

/* ---- Items ---- */

/* "educationLevel" is a list in the specification, and a text in files that are found. */
static bool level_of(const reading *r, const cn_json *item, cn_slice *out, cn_err *err) {
    const cn_json *levels = cn_json_get(item, CN_S("educationLevel"));
    cn_buf b = cn_buf_on(r->a, 4096);
    if (!levels) levels = cn_json_get(item, CN_S("educationalLevel"));
    for (size_t i = 0; i < cn_json_many(levels); i++)
        cn_buf_print(&b, "%s%.*s", i ? "," : "", CN_ARG(cn_json_text(cn_json_one(levels, i))));
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

static bool say_item(reading *r, const cn_json *item, uint32_t at, cn_err *err) {
    bool french = r->french;
    (void)cn_import_language(cn_json_get_text(item, CN_S("language")), &french);
    unsigned in = french ? CN_IMPORT_FRENCH : 0;
    cn_slice label = cn_json_get_text(item, CN_S("fullStatement")), other, level;
    return cn_import_alternatives(r->a, cn_json_get_text(item, CN_S("abbreviatedStatement")), label, &other,
                                  err) &&
           level_of(r, item, &level, err) && cn_import_say(r->im, at, CN_IMPORT_LABEL + in, label, err) &&
           cn_import_say(r->im, at, CN_IMPORT_ALTERNATIVES + in, other, err) &&
           cn_import_say(r->im, at, CN_IMPORT_DESCRIPTION + in, cn_json_get_text(item, CN_S("notes")), err) &&
           cn_import_say(r->im, at, CN_IMPORT_CODE, cn_json_get_text(item, CN_S("humanCodingScheme")), err) &&
           cn_import_say(r->im, at, CN_IMPORT_TYPE, cn_json_get_text(item, CN_S("CFItemType")), err) &&
           cn_import_say(r->im, at, CN_IMPORT_LEVEL, level, err);
}

/* A package without items says nothing that could be kept: it was cut short, or is the document alone. */
static bool read_items(reading *r, const cn_json *items, cn_err *err) {
    if (!cn_json_is(items, CN_JSON_ARRAY))
        return fail_at(r, "/CFItems", "import.json", "the package has no list of its items.", err);
    for (size_t i = 0; i < cn_json_count(items); i++) {
        const cn_json *item = cn_json_item(items, i);
        cn_slice uri = cn_json_get_text(item, CN_S("uri"));
        uint32_t at;
        if (!cn_uri_well_formed(uri)) return fail(r, "CFItems", i, "import.uri", "the item has no URI.", err);
        if (!cn_json_get_text(item, CN_S("fullStatement")).n)
            return fail(r, "CFItems", i, "import.column", "the item has no fullStatement.", err);
        if (!cn_import_item_at(r->im, uri, &at, err) || !say_item(r, item, at, err)) return false;
        cn_import_listed(r->im, at, ALL);
        r->im->out.rows++;
    }
    return true;
}

/* ---- Associations ---- */

static const struct {
    cn_slice type;
    cn_import_how how;
} hows[] = {
    {CN_S_INIT("isChildOf"), CN_IMPORT_BROADER},      {CN_S_INIT("isPartOf"), CN_IMPORT_PART},
    {CN_S_INIT("exactMatchOf"), CN_IMPORT_EXACT},     {CN_S_INIT("precedes"), CN_IMPORT_PRECEDES},
    {CN_S_INIT("isRelatedTo"), CN_IMPORT_RELATED},    {CN_S_INIT("isPeerOf"), CN_IMPORT_RELATED},
    {CN_S_INIT("replacedBy"), CN_IMPORT_REPLACED_BY}, {CN_S_INIT("isTranslationOf"), CN_IMPORT_EXACT},
};

/* 0: of a kind that says nothing about two items ("exemplar", "hasSkillLevel"). */
static cn_import_how how_of(cn_slice type) {
    for (size_t i = 0; i < sizeof hows / sizeof *hows; i++)
        if (cn_slice_eq(hows[i].type, type)) return hows[i].how;
    return (cn_import_how)0;
}

static cn_slice end_of(const cn_json *association, cn_slice member) {
    return cn_json_get_text(cn_json_get(association, member), CN_S("uri"));
}

/* A child of the document itself is at the top. */
static bool read_associations(reading *r, const cn_json *all, cn_err *err) {
    if (all && !cn_json_is(all, CN_JSON_ARRAY))
        return fail_at(r, "/CFAssociations", "import.json", "the associations are no list.", err);
    if (all) r->im->out.relation_lists |= ALL;
    for (size_t i = 0; i < cn_json_count(all); i++) {
        const cn_json *one = cn_json_item(all, i);
        cn_slice from = end_of(one, CN_S("originNodeURI")), to = end_of(one, CN_S("destinationNodeURI"));
        cn_import_how how = how_of(cn_json_get_text(one, CN_S("associationType")));
        uint32_t origin, destination;
        if (!cn_uri_well_formed(from) || !cn_uri_well_formed(to))
            return fail(r, "CFAssociations", i, "import.uri", "an end of the association has no URI.", err);
        if (!how || cn_slice_eq(to, r->id) || cn_slice_eq(from, r->id)) continue;
        if (!cn_import_item_at(r->im, from, &origin, err) || !cn_import_item_at(r->im, to, &destination, err) ||
            !cn_import_relate(r->im, origin, how, destination, ALL, err))
            return false;
    }
    return true;
}

bool cn_import_case(const cn_import_file *f, cn_arena *a, const cn_json *doc, cn_err *err) {
    reading r = {.file = f, .im = f->im, .a = a, .french = f->im->options.french};
    return read_document(&r, cn_json_get(doc, CN_S("CFDocument")), err) &&
           read_items(&r, cn_json_get(doc, CN_S("CFItems")), err) &&
           read_associations(&r, cn_json_get(doc, CN_S("CFAssociations")), err);
}
