/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists with a code a row: the fields of education and training of ISCED-F 2013, and whatever somebody has in a
 * spreadsheet.
 */
#include "exchange/import_inside.h"

enum {
    URI,
    CODE,
    LABEL,
    LABEL_EN,
    LABEL_FR,
    OTHER,
    OTHER_EN,
    OTHER_FR,
    TEXT,
    TEXT_EN,
    TEXT_FR,
    TYPE,
    LEVEL,
    BROADER
};
enum { ALL = 1 }; /* its only list, of items as of relations */

#define BIT(place) (1U << (place))

/* ---- Any list ---- */

static const cn_import_word list_words[] = {
    {URI, "uri"},
    {URI, "url"},
    {URI, "identifier"},
    {URI, "id"},
    {CODE, "code"},
    {CODE, "humancodingscheme"},
    {CODE, "key"},
    {LABEL_EN, "labelen"},
    {LABEL_EN, "nameen"},
    {LABEL_EN, "titleen"},
    {LABEL_FR, "labelfr"},
    {LABEL_FR, "namefr"},
    {LABEL_FR, "titlefr"},
    {LABEL, "label"},
    {LABEL, "title"},
    {LABEL, "name"},
    {LABEL, "fullstatement"},
    {LABEL, "libell\u00e9"},
    {LABEL, "titre"},
    {LABEL, "nom"},
    {OTHER_EN, "alternativesen"},
    {OTHER_EN, "altlabelsen"},
    {OTHER_FR, "alternativesfr"},
    {OTHER_FR, "altlabelsfr"},
    {OTHER, "alternatives"},
    {OTHER, "altlabels"},
    {OTHER, "abbreviatedstatement"},
    {TEXT_EN, "descriptionen"},
    {TEXT_EN, "definitionen"},
    {TEXT_FR, "descriptionfr"},
    {TEXT_FR, "definitionfr"},
    {TEXT, "description"},
    {TEXT, "definition"},
    {TEXT, "d\u00e9finition"},
    {TEXT, "notes"},
    {TYPE, "type"},
    {TYPE, "cfitemtype"},
    {LEVEL, "level"},
    {LEVEL, "niveau"},
    {LEVEL, "educationlevel"},
    {BROADER, "broader"},
    {BROADER, "parent"},
    {BROADER, "ischildof"},
    {0, NULL},
};

static bool is_isced(const cn_import_table *t, cn_slice uri) {
    cn_import_kind kind = t->file->im->options.kind;
    return kind == CN_IMPORT_ISCED_F ||
           (kind == CN_IMPORT_NONE && cn_slice_starts(uri, CN_S(CN_IMPORT_ISCED_BASE)));
}

static bool begin_isced(cn_import_table *t, cn_err *err) {
    cn_import *im = t->file->im;
    return cn_import_is(im, t->file, CN_IMPORT_ISCED_F, CN_S("http://data.europa.eu/snb/isced-f/25831c2"), err) &&
           cn_import_tell(im, CN_IMPORT_TITLE, CN_S("ISCED Fields of Education and Training 2013 (ISCED-F)"),
                          err) &&
           cn_import_tell(im, CN_IMPORT_TITLE_FR,
                          CN_S("CITE\u00a0: domaines d\u2019\u00e9tudes et de formation 2013 (CITE-F)"), err) &&
           cn_import_tell(im, CN_IMPORT_PUBLISHER, CN_S("UNESCO Institute for Statistics"), err) &&
           cn_import_tell(im, CN_IMPORT_VERSION, CN_S("2013"), err);
}

/* The first row says whose list it is. */
static bool begin_list(cn_import_table *t, cn_slice uri, cn_err *err) {
    cn_import *im = t->file->im;
    t->begun = true;
    t->isced = is_isced(t, uri);
    if (t->isced) return begin_isced(t, err);
    if (!im->options.id.n)
        return cn_import_fail(err, t->file, CN_INVALID, "import.id", 0, 0,
                              "a plain list does not say which framework it is: name it with --framework URI.");
    return cn_import_is(im, t->file, CN_IMPORT_CSV, im->options.id, err);
}

static bool say_list_texts(cn_import_table *t, const cn_import_row *row, uint32_t item, unsigned in, cn_err *err) {
    static const int places[][3] = {{LABEL_EN, OTHER_EN, TEXT_EN}, {LABEL_FR, OTHER_FR, TEXT_FR}};
    static const int plain[3] = {LABEL, OTHER, TEXT};
    const int *own = places[in ? 1 : 0];
    int at[3];
    cn_slice all;
    for (size_t i = 0; i < 3; i++) at[i] = t->at[own[i]] < 0 && t->french == (in > 0) ? plain[i] : own[i];
    cn_slice label = cn_import_cell(t, row, at[0]);
    if (!label.n) return true;
    if (!cn_import_alternatives(t->scratch, cn_import_cell(t, row, at[1]), label, &all, err) ||
        !cn_import_say(t->file->im, item, CN_IMPORT_LABEL + in, label, err) ||
        !cn_import_say(t->file->im, item, CN_IMPORT_ALTERNATIVES + in, all, err))
        return false;
    return t->at[at[2]] < 0 ||
           cn_import_say(t->file->im, item, CN_IMPORT_DESCRIPTION + in, cn_import_cell(t, row, at[2]), err);
}

static bool say_list_words(cn_import_table *t, const cn_import_row *row, uint32_t item, cn_err *err) {
    static const struct {
        int place;
        unsigned text;
    } plain[] = {{CODE, CN_IMPORT_CODE}, {TYPE, CN_IMPORT_TYPE}, {LEVEL, CN_IMPORT_LEVEL}};
    for (size_t i = 0; i < 3; i++)
        if (t->at[plain[i].place] >= 0 &&
            !cn_import_say(t->file->im, item, plain[i].text, cn_import_cell(t, row, plain[i].place), err))
            return false;
    return say_list_texts(t, row, item, 0, err) && say_list_texts(t, row, item, CN_IMPORT_FRENCH, err);
}

/* A row goes by its URI, or by a key within the framework. */
static bool list_uri(cn_import_table *t, cn_slice key, cn_slice *out, cn_err *err) {
    cn_slice id = t->file->im->out.id;
    if (cn_uri_well_formed(key)) return *out = key, true;
    bool joined = cn_slice_ends(id, CN_S("/")) || cn_slice_ends(id, CN_S("#"));
    cn_buf b = cn_buf_on(t->scratch, 4096);
    cn_buf_print(&b, "%.*s%s", CN_ARG(id), joined ? "" : "#");
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c < 0 || strchr("-._~", c);
        cn_buf_print(&b, plain ? "%c" : "%%%02X", plain ? c : (int)(uint8_t)c);
    }
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

/* Keys lead to items once all of them have been read: a parent may stand below its children. */
static bool remember(cn_import_table *t, const cn_import_row *row, cn_slice key, uint32_t item, cn_err *err) {
    cn_slice kept;
    if (!key.n) return true;
    cn_map_entry *e =
        cn_arena_copy(t->file->im->arena, key, &kept) ? cn_map_at(t->file->im->arena, &t->keys, kept) : NULL;
    if (!e) return cn_fail_memory(err);
    if (e->value && (uintptr_t)e->value != item + 1 && t->at[URI] < 0)
        return cn_import_fail(err, t->file, CN_INVALID, "import.code", row->line, (size_t)t->at[CODE] + 1,
                              "the code \"%.*s\" is given twice.", CN_ARG(cn_utf8_prefix(key, 60)));
    if (!e->value) e->value = (void *)(uintptr_t)(item + 1);
    return true;
}

static bool wait_for_parent(cn_import_table *t, uint32_t item, cn_slice parent, cn_err *err) {
    cn_import_parent *p = cn_arena_alloc(t->file->im->arena, sizeof *p);
    if (!p || !cn_arena_copy(t->file->im->arena, parent, &p->parent)) return cn_fail_memory(err);
    p->item = item;
    p->next = t->parents;
    t->parents = p;
    return true;
}

static bool list_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    cn_import *im = t->file->im;
    cn_slice uri = cn_import_cell(t, row, URI), code = cn_import_cell(t, row, CODE), key = uri, broader;
    uint32_t item;
    if (!t->begun && !begin_list(t, uri, err)) return false;
    if (!key.n && !cn_import_need(t, row, CODE, &key, err)) return false;
    if (!list_uri(t, key, &uri, err) || !cn_import_item_at(im, uri, &item, err)) return false;
    if (cn_map_has(&t->keys, uri))
        return cn_import_fail(err, t->file, CN_INVALID, "import.code", row->line, 0,
                              "the item \"%.*s\" is in the file twice.", CN_ARG(cn_utf8_prefix(key, 100)));
    if (!remember(t, row, uri, item, err) || !remember(t, row, code, item, err) ||
        !remember(t, row, key, item, err))
        return false;
    cn_import_listed(im, item, ALL);
    broader = cn_import_cell(t, row, BROADER);
    return say_list_words(t, row, item, err) && (!broader.n || wait_for_parent(t, item, broader, err));
}

/* A parent that no row has is an item all the same where it is a URI. */
static bool end_list(cn_import_table *t, cn_err *err) {
    cn_import *im = t->file->im;
    for (const cn_import_parent *p = t->parents; p; p = p->next) {
        uintptr_t place = (uintptr_t)cn_map_get(&t->keys, p->parent);
        uint32_t parent = (uint32_t)place - 1;
        if (!place && !cn_uri_well_formed(p->parent)) continue;
        if (!place && !cn_import_item_at(im, p->parent, &parent, err)) return false;
        if (!cn_import_relate(im, p->item, CN_IMPORT_BROADER, parent, ALL, err)) return false;
    }
    if (t->begun) im->out.relation_lists |= t->at[BROADER] >= 0 ? ALL : 0;
    return true;
}

/* ---- ISCED-F ---- */

/* Broad, narrow and detailed fields have two, three and four digits; where there is a URI, it keeps the zeros. */
static bool isced_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    static const cn_slice types[] = {CN_S_INIT("broad-field"), CN_S_INIT("narrow-field"),
                                     CN_S_INIT("detailed-field")};
    cn_import *im = t->file->im;
    cn_slice uri = cn_import_cell(t, row, URI), code = cn_import_cell(t, row, CODE);
    uint32_t item;
    if (!t->begun && !begin_list(t, uri, err)) return false;
    if (!t->isced) return list_row(t, row, err);
    if (cn_slice_starts(uri, CN_S(CN_IMPORT_ISCED_BASE)))
        code = cn_slice_from(uri, sizeof CN_IMPORT_ISCED_BASE - 1);
    if (!cn_import_digits(code) || code.n < 2 || code.n > 4)
        return cn_import_fail(err, t->file, CN_INVALID, "import.code", row->line,
                              (size_t)t->at[t->at[CODE] < 0 ? URI : CODE] + 1,
                              "\"%.*s\" is no field of two to four digits.", CN_ARG(cn_utf8_prefix(code, 60)));
    cn_slice parent = code.n > 2 ? cn_slice_sub(code, 0, code.n - 1) : CN_S("");
    if (!cn_import_code_item(t, CN_S(CN_IMPORT_ISCED_BASE), code, parent, ALL, &item, err)) return false;
    return cn_import_say(im, item, CN_IMPORT_TYPE, types[code.n - 2], err) && say_list_words(t, row, item, err);
}

/* ---- Shapes ---- */

/* A list has a key and a label, either of which goes by more than one name. */
#define LIST(kind, key, label)                                                                                    \
    { kind, "a list", list_words, BIT(key) | BIT(label), 0, NULL, isced_row, end_list }
#define LISTS(kind)                                                                                               \
    LIST(kind, CODE, LABEL_EN), LIST(kind, CODE, LABEL_FR), LIST(kind, CODE, LABEL), LIST(kind, URI, LABEL_EN),   \
        LIST(kind, URI, LABEL_FR), LIST(kind, URI, LABEL)

const cn_import_shape cn_import_shapes_lists[] = {
    LISTS(CN_IMPORT_CSV),
    LISTS(CN_IMPORT_ISCED_F),
};
const size_t cn_import_shapes_lists_n = sizeof cn_import_shapes_lists / sizeof *cn_import_shapes_lists;
