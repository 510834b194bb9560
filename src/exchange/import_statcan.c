/* SPDX-License-Identifier: Apache-2.0
 *
 * Statistics Canada's classifications of 2021, by the files it gives of their structure: the National Occupational
 * Classification (NOC) and the Classification of Instructional Programs (CIP). A file is in one language, and
 * CIP's variant by primary groupings in both; files of the two languages are joined by code.
 */
#include "exchange/import_inside.h"

enum { CODE, CODE_FR, TITLE, TITLE_FR, TEXT, TEXT_FR, LEVEL, LEVEL_FR, STRUCTURE, STRUCTURE_FR };
enum { ALL = 1 }; /* the only list, of items as of relations */

#define BIT(place) (1U << (place))

/* ---- Codes and the classes they name ---- */

bool cn_import_digits(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n > 0;
}

bool cn_import_class_uri(cn_arena *a, cn_import_kind kind, cn_slice code, cn_slice *out, cn_err *err) {
    static const char *const bases[CN_IMPORT_KINDS] = {[CN_IMPORT_NOC] = CN_IMPORT_NOC_ID "#",
                                                       [CN_IMPORT_CIP] = CN_IMPORT_CIP_ID "#",
                                                       [CN_IMPORT_ISCED_F] = CN_IMPORT_ISCED_BASE};
    assert(bases[kind]);
    return cn_arena_print(a, out, "%s%.*s", bases[kind], CN_ARG(code)) || cn_fail_memory(err);
}

static bool item_of_code(cn_import_table *t, cn_slice base, cn_slice code, uint32_t *out, cn_err *err) {
    cn_slice uri;
    if (!cn_arena_print(t->scratch, &uri, "%.*s%.*s", CN_ARG(base), CN_ARG(code))) return cn_fail_memory(err);
    return cn_import_item_at(t->file->im, uri, out, err);
}

/* Both languages' files say what is above a class: once is enough. */
bool cn_import_code_item(cn_import_table *t, cn_slice base, cn_slice code, cn_slice above, unsigned list,
                         uint32_t *out, cn_err *err) {
    cn_import *im = t->file->im;
    uint32_t item, parent;
    if (!item_of_code(t, base, code, &item, err)) return false;
    if (above.n && !im->out.items[item].list &&
        (!item_of_code(t, base, above, &parent, err) ||
         !cn_import_relate(im, item, CN_IMPORT_BROADER, parent, list, err)))
        return false;
    cn_import_listed(im, item, list);
    *out = item;
    return cn_import_say(im, item, CN_IMPORT_CODE, code, err);
}

static bool begin_as(cn_import_table *t, cn_import_kind kind, cn_slice id, const cn_slice facts[CN_IMPORT_ABOUTS],
                     cn_err *err) {
    cn_import *im = t->file->im;
    if (!cn_import_is(im, t->file, kind, id, err) ||
        !cn_import_tell(im, CN_IMPORT_PUBLISHER, CN_S("Statistics Canada / Statistique Canada"), err) ||
        !cn_import_tell(im, CN_IMPORT_VERSION, CN_S("2021 V1.0"), err) ||
        !cn_import_tell(im, CN_IMPORT_LICENCE, CN_S("https://www.statcan.gc.ca/en/reference/licence"), err))
        return false;
    for (size_t i = 0; i < CN_IMPORT_ABOUTS; i++)
        if (facts[i].n && !cn_import_tell(im, (cn_import_about)i, facts[i], err)) return false;
    return true;
}

/* Title and definition in each language that the file has. */
static bool say_texts(cn_import_table *t, const cn_import_row *row, uint32_t item, cn_err *err) {
    static const struct {
        int title, text;
        unsigned in;
    } sides[] = {{TITLE, TEXT, 0}, {TITLE_FR, TEXT_FR, CN_IMPORT_FRENCH}};
    cn_import *im = t->file->im;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        cn_slice title;
        if (t->at[sides[i].title] < 0) continue;
        if (!cn_import_need(t, row, sides[i].title, &title, err) ||
            !cn_import_say(im, item, CN_IMPORT_LABEL + sides[i].in, title, err))
            return false;
        if (t->at[sides[i].text] >= 0 && !cn_import_say(im, item, CN_IMPORT_DESCRIPTION + sides[i].in,
                                                        cn_import_cell(t, row, sides[i].text), err))
            return false;
    }
    return true;
}

static int own_or(const cn_import_table *t, int place, int otherwise) {
    return t->at[place] >= 0 ? place : otherwise;
}

/* ---- NOC ---- */

enum { NOC_DIGITS = 5 };

static const cn_import_word noc_words[] = {
    {CODE, "codenoc2021*"},
    {CODE_FR, "codedelacnp2021*"},
    {CODE_FR, "codecnp2021*"},
    {TITLE, "classtitle"},
    {TITLE_FR, "titresdeclasses"},
    {TEXT, "classdefinition"},
    {TEXT_FR, "d\u00e9finitionsdelaclasse"},
    {LEVEL, "level"},
    {LEVEL_FR, "niveau"},
    {0, NULL},
};

static bool begin_noc(cn_import_table *t, cn_err *err) {
    static const cn_slice facts[CN_IMPORT_ABOUTS] = {
        [CN_IMPORT_TITLE] = CN_S_INIT("National Occupational Classification (NOC) 2021"),
        [CN_IMPORT_TITLE_FR] = CN_S_INIT("Classification nationale des professions (CNP) 2021"),
        [CN_IMPORT_ATTRIBUTION] = CN_S_INIT(
            "Adapted from Statistics Canada, National Occupational Classification (NOC) 2021 Version 1.0. "
            "This does not constitute an endorsement by Statistics Canada of this product."),
        [CN_IMPORT_ATTRIBUTION_FR] =
            CN_S_INIT("Adapt\u00e9 de Statistique Canada, Classification nationale des professions (CNP) 2021 "
                      "version 1.0. Cela ne constitue pas une approbation de ce produit par Statistique Canada."),
    };
    return begin_as(t, CN_IMPORT_NOC, CN_S(CN_IMPORT_NOC_ID), facts, err);
}

/* The level says how many digits a code has: spreadsheets drop the zeros it begins with. */
static bool noc_code(const cn_import_table *t, const cn_import_row *row, cn_slice *out, cn_err *err) {
    int level_place = own_or(t, LEVEL, LEVEL_FR), code_place = own_or(t, CODE, CODE_FR);
    cn_slice level = cn_import_cell(t, row, level_place), code;
    uint64_t digits;
    if (!cn_import_need(t, row, code_place, &code, err)) return false;
    if (!cn_slice_to_u64(level, NOC_DIGITS, &digits) || !digits)
        return cn_import_fail(err, t->file, CN_INVALID, "import.code", row->line, (size_t)t->at[level_place] + 1,
                              "\"%.*s\" is no level from 1 to %d.", CN_ARG(cn_utf8_prefix(level, 20)), NOC_DIGITS);
    if (!cn_import_digits(code) || code.n > digits)
        return cn_import_fail(err, t->file, CN_INVALID, "import.code", row->line, (size_t)t->at[code_place] + 1,
                              "\"%.*s\" is no code of %d digits.", CN_ARG(cn_utf8_prefix(code, 20)), (int)digits);
    return cn_arena_print(t->scratch, out, "%.*s%.*s", (int)(digits - code.n), "00000", CN_ARG(code)) ||
           cn_fail_memory(err);
}

/* What is above a code has one digit less. The second digit is the TEER: training, education, experience and
 * responsibilities. */
static bool noc_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    static const cn_slice levels[] = {CN_S_INIT("broad-category"), CN_S_INIT("major-group"),
                                      CN_S_INIT("sub-major-group"), CN_S_INIT("minor-group"),
                                      CN_S_INIT("unit-group")};
    cn_import *im = t->file->im;
    cn_slice code;
    uint32_t item;
    return noc_code(t, row, &code, err) &&
           cn_import_code_item(t, CN_S(CN_IMPORT_NOC_ID "#"), code, cn_slice_sub(code, 0, code.n - 1), ALL, &item,
                               err) &&
           say_texts(t, row, item, err) && cn_import_say(im, item, CN_IMPORT_TYPE, levels[code.n - 1], err) &&
           cn_import_say(im, item, CN_IMPORT_LEVEL, cn_slice_sub(code, 1, 2), err);
}

/* ---- CIP ---- */

static const cn_import_word cip_words[] = {
    {CODE, "code"},
    {TITLE, "classtitle"},
    {TITLE_FR, "titresdeclasses"},
    {TEXT, "classdefinition"},
    {TEXT_FR, "d\u00e9finitionsdelaclasse"},
    {STRUCTURE, "hierarchicalstructure"},
    {STRUCTURE_FR, "structurehi\u00e9rarchique"},
    {0, NULL},
};

static bool begin_cip(cn_import_table *t, cn_err *err) {
    static const cn_slice facts[CN_IMPORT_ABOUTS] = {
        [CN_IMPORT_TITLE] = CN_S_INIT("Classification of Instructional Programs (CIP) Canada 2021"),
        [CN_IMPORT_TITLE_FR] = CN_S_INIT("Classification des programmes d\u2019enseignement (CPE) Canada 2021"),
        [CN_IMPORT_ATTRIBUTION] =
            CN_S_INIT("Adapted from Statistics Canada, Classification of Instructional Programs (CIP) Canada 2021 "
                      "Version 1.0. "
                      "This does not constitute an endorsement by Statistics Canada of this product."),
        [CN_IMPORT_ATTRIBUTION_FR] =
            CN_S_INIT("Adapt\u00e9 de Statistique Canada, Classification des programmes d\u2019enseignement (CPE) "
                      "Canada 2021 "
                      "version 1.0. Cela ne constitue pas une approbation de ce produit par Statistique Canada."),
    };
    return begin_as(t, CN_IMPORT_CIP, CN_S(CN_IMPORT_CIP_ID), facts, err);
}

/* What Statistics Canada calls a row. Its other classifications have the same columns, and other words in this
 * one: that tells them from this. Levels are no help: the variant by primary groupings counts them otherwise. */
typedef struct cip_row_kind {
    cn_slice en, fr; /* how the words begin, in the singular */
    cn_slice type;   /* empty: a grouping of series for publications, and none of its classes */
    size_t digits;   /* behind the point */
} cip_row_kind;
static const cip_row_kind cip_kinds[] = {
    {CN_S_INIT("series"), CN_S_INIT("s\u00e9rie"), CN_S_INIT("series"), 0},
    {CN_S_INIT("subseries"), CN_S_INIT("sous-s\u00e9rie"), CN_S_INIT("subseries"), 2},
    {CN_S_INIT("class"), CN_S_INIT("classe"), CN_S_INIT("class"), 4},
    {CN_S_INIT("primary grouping"), CN_S_INIT("regroupement"), {0}, 0},
};

static bool begins_with(cn_slice text, cn_slice words) {
    return cn_slice_eq_nocase(cn_slice_sub(text, 0, words.n), words);
}

static bool cip_kind_of(const cn_import_table *t, const cn_import_row *row, const cip_row_kind **out,
                        cn_err *err) {
    int place = own_or(t, STRUCTURE, STRUCTURE_FR);
    cn_slice words = cn_import_cell(t, row, place);
    for (size_t i = 0; i < sizeof cip_kinds / sizeof *cip_kinds; i++)
        if (begins_with(words, place == STRUCTURE ? cip_kinds[i].en : cip_kinds[i].fr))
            return *out = &cip_kinds[i], true;
    return cn_import_fail(err, t->file, CN_INVALID, "import.shape", row->line, (size_t)t->at[place] + 1,
                          "\"%.*s\" is no series, subseries or class of CIP 2021: is this another classification?",
                          CN_ARG(cn_utf8_prefix(words, 40)));
}

/* "01.", "01.01", "01.0103". Spreadsheets take codes for numbers and drop zeros at both ends: "1", "1.1". */
static bool cip_code(const cn_import_table *t, const cn_import_row *row, const cip_row_kind *kind, cn_slice *out,
                     cn_err *err) {
    cn_slice code, series, rest = {0};
    if (!cn_import_need(t, row, CODE, &code, err)) return false;
    (void)cn_slice_cut(code, '.', &series, &rest);
    if (!cn_import_digits(series) || series.n > 2 || rest.n > kind->digits || (rest.n && !cn_import_digits(rest)))
        return cn_import_fail(err, t->file, CN_INVALID, "import.code", row->line, (size_t)t->at[CODE] + 1,
                              "\"%.*s\" is no code of a %.*s: 01, 01.01, 01.0103.",
                              CN_ARG(cn_utf8_prefix(code, 20)), CN_ARG(kind->type));
    return cn_arena_print(t->scratch, out, "%s%.*s%s%.*s%.*s", series.n < 2 ? "0" : "", CN_ARG(series),
                          kind->digits ? "." : "", CN_ARG(rest), (int)(kind->digits - rest.n), "0000") ||
           cn_fail_memory(err);
}

static bool cip_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    static const size_t above[] = {[0] = 0, [2] = 2, [4] = 5}; /* "01" of "01.01", "01.01" of "01.0103" */
    const cip_row_kind *kind;
    cn_slice code;
    uint32_t item;
    if (!cip_kind_of(t, row, &kind, err)) return false;
    if (!kind->type.n) return true;
    return cip_code(t, row, kind, &code, err) &&
           cn_import_code_item(t, CN_S(CN_IMPORT_CIP_ID "#"), code, cn_slice_sub(code, 0, above[kind->digits]),
                               ALL, &item, err) &&
           say_texts(t, row, item, err) && cn_import_say(t->file->im, item, CN_IMPORT_TYPE, kind->type, err);
}

/* ---- Shapes ---- */

static const uint32_t noc_en = BIT(CODE) | BIT(TITLE) | BIT(LEVEL) | BIT(TEXT);
static const uint32_t noc_fr = BIT(CODE_FR) | BIT(TITLE_FR) | BIT(LEVEL_FR) | BIT(TEXT_FR);
static const uint32_t cip_en = BIT(CODE) | BIT(TITLE) | BIT(STRUCTURE);
static const uint32_t cip_fr = BIT(CODE) | BIT(TITLE_FR) | BIT(STRUCTURE_FR);

const cn_import_shape cn_import_shapes_statcan[] = {
    {CN_IMPORT_NOC, "NOC 2021 in English", noc_words, noc_en, 0, begin_noc, noc_row, NULL},
    {CN_IMPORT_NOC, "NOC 2021 in French", noc_words, noc_fr, 0, begin_noc, noc_row, NULL},
    {CN_IMPORT_CIP, "CIP 2021 in English", cip_words, cip_en, 0, begin_cip, cip_row, NULL},
    {CN_IMPORT_CIP, "CIP 2021 in French", cip_words, cip_fr, 0, begin_cip, cip_row, NULL},
};
const size_t cn_import_shapes_statcan_n = sizeof cn_import_shapes_statcan / sizeof *cn_import_shapes_statcan;
