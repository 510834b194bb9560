/* SPDX-License-Identifier: Apache-2.0
 *
 * ESCO's tables, as its download page gives them and as others pass them on: concepts in one language, labels
 * alone, and relations between them (https://esco.ec.europa.eu/en/use-esco/download). A table of concepts does not
 * name its language: the name of its file does.
 */
#include "exchange/import_inside.h"

enum {
    URI,
    TYPE,
    LABEL,
    ALTERNATIVES,
    DESCRIPTION,
    STATUS,
    CODE,
    ISCO,
    SKILL_TYPE,
    REUSE,
    BROADER,
    OCCUPATION,
    SKILL,
    HOW,
    FIRST,
    RELATED,
    BROADER_OF,
    SCHEME,
    LEVEL_0
};

/* Its lists. */
enum { SKILLS = 1, OCCUPATIONS = 2, SKILL_GROUPS = 4, OCCUPATION_GROUPS = 8 };
enum { BROADER_OCCUPATIONS = 1, BROADER_SKILLS = 2, OCCUPATIONS_SKILLS = 4, SKILLS_SKILLS = 8 };

static const cn_import_word words[] = {
    {URI, "concepturi"},
    {TYPE, "concepttype"},
    {LABEL, "preferredlabel"},
    {ALTERNATIVES, "altlabels"},
    {DESCRIPTION, "description"},
    {STATUS, "status"},
    {CODE, "code"},
    {ISCO, "iscogroup"},
    {SKILL_TYPE, "skilltype"},
    {REUSE, "reuselevel"},
    {BROADER, "broaderuri"},
    {OCCUPATION, "occupationuri"},
    {SKILL, "skilluri"},
    {HOW, "relationtype"},
    {FIRST, "originalskilluri"},
    {RELATED, "relatedskilluri"},
    {BROADER_OF, "broaderconcepturi"},
    {SCHEME, "conceptschemeuri"},
    {LEVEL_0, "level0uri"},
    {0, NULL},
};

/* ---- Concepts ---- */

static const struct {
    cn_slice concept, type;
    unsigned list;
} types[] = {
    {CN_S_INIT("KnowledgeSkillCompetence"), CN_S_INIT("skill"), SKILLS},
    {CN_S_INIT("Occupation"), CN_S_INIT("occupation"), OCCUPATIONS},
    {CN_S_INIT("SkillGroup"), CN_S_INIT("skill-group"), SKILL_GROUPS},
    {CN_S_INIT("ISCOGroup"), CN_S_INIT("occupation-group"), OCCUPATION_GROUPS},
};
enum { TYPES = sizeof types / sizeof *types };

/* "skills_en.csv", "occupations_fr.csv". */
static bool find_language(cn_import_table *t, cn_err *err) {
    const cn_import_options *o = &t->file->im->options;
    cn_slice name = t->file->inner;
    if (cn_slice_ends(name, CN_S(".gz"))) name = cn_slice_sub(name, 0, name.n - 3);
    if (cn_slice_ends(name, CN_S(".csv"))) name = cn_slice_sub(name, 0, name.n - 4);
    cn_slice tag = name.n > 3 && name.p[name.n - 3] == '_' ? cn_slice_from(name, name.n - 2) : CN_S("");
    if (!tag.n && !o->named)
        return cn_import_fail(err, t->file, CN_INVALID, "import.language", 0, 0,
                              "the file does not say its language, nor does its name (as in \"skills_fr.csv\"): "
                              "name it, or say --lang.");
    if (tag.n && !cn_import_language(tag, &t->french))
        return cn_import_fail(err, t->file, CN_UNSUPPORTED, "import.language", 0, 0,
                              "labels in \"%.*s\" are not kept: English and French are.", CN_ARG(tag));
    return true;
}

/* "esco-v1.1.1-classification-en-csv.zip" says the version, where nothing else does. */
static bool tell_version(cn_import_table *t, cn_err *err) {
    cn_slice name = t->file->name, mark = CN_S("esco-v");
    size_t at = cn_slice_find(name, mark), end;
    if (at == SIZE_MAX) return true;
    name = cn_slice_from(name, at + mark.n);
    for (end = 0; end < name.n && (name.p[end] == '.' || (name.p[end] >= '0' && name.p[end] <= '9')); end++) {
    }
    return !end || cn_import_tell(t->file->im, CN_IMPORT_VERSION, cn_slice_sub(name, 0, end), err);
}

static bool begin(cn_import_table *t, cn_err *err) {
    static const cn_slice facts[CN_IMPORT_ABOUTS] = {
        [CN_IMPORT_TITLE] = CN_S_INIT("ESCO: European Skills, Competences, Qualifications and Occupations"),
        [CN_IMPORT_TITLE_FR] =
            CN_S_INIT("ESCO\u00a0: aptitudes, comp\u00e9tences, certifications et professions europ\u00e9ennes"),
        [CN_IMPORT_PUBLISHER] = CN_S_INIT("European Commission"),
        [CN_IMPORT_LICENCE] = CN_S_INIT("https://creativecommons.org/licenses/by/4.0/"),
        [CN_IMPORT_ATTRIBUTION] =
            CN_S_INIT("This service uses the ESCO classification of the European Commission."),
        [CN_IMPORT_ATTRIBUTION_FR] =
            CN_S_INIT("Ce service utilise la classification ESCO de la Commission europ\u00e9enne."),
    };
    if (!cn_import_is(t->file->im, t->file, CN_IMPORT_ESCO, CN_S("http://data.europa.eu/esco"), err)) return false;
    for (size_t i = 0; i < CN_IMPORT_ABOUTS; i++)
        if (facts[i].n && !cn_import_tell(t->file->im, (cn_import_about)i, facts[i], err)) return false;
    return true;
}

static bool begin_concepts(cn_import_table *t, cn_err *err) {
    return begin(t, err) && find_language(t, err) && tell_version(t, err);
}

static bool begin_labels(cn_import_table *t, cn_err *err) {
    return begin(t, err) && find_language(t, err);
}

/* "directeur technique/directrice technique": each is found as a label of its own. */
static bool both_genders(cn_arena *a, cn_slice label, cn_slice cell, cn_slice *out, cn_err *err) {
    cn_slice one, other;
    if (!cn_slice_cut(label, '/', &one, &other) || cn_slice_find_byte(other, '/') != SIZE_MAX)
        return *out = cell, true;
    return cn_arena_print(a, out, "%.*s\n%.*s\n%.*s", CN_ARG(one), CN_ARG(other), CN_ARG(cell)) ||
           cn_fail_memory(err);
}

/* A label that is empty is not known, and another file may know it. */
static bool say_labels(cn_import_table *t, const cn_import_row *row, uint32_t item, cn_err *err) {
    cn_import *im = t->file->im;
    unsigned in = t->french ? CN_IMPORT_FRENCH : 0;
    cn_slice label = cn_import_cell(t, row, LABEL), cell = cn_import_cell(t, row, ALTERNATIVES), all;
    if (!label.n) return true;
    if (t->french && !both_genders(t->scratch, label, cell, &cell, err)) return false;
    return cn_import_alternatives(t->scratch, cell, label, &all, err) &&
           cn_import_say(im, item, CN_IMPORT_LABEL + in, label, err) &&
           cn_import_say(im, item, CN_IMPORT_ALTERNATIVES + in, all, err);
}

static bool label_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    cn_slice uri;
    uint32_t item;
    return cn_import_need_uri(t, row, URI, &uri, err) && cn_import_item_at(t->file->im, uri, &item, err) &&
           say_labels(t, row, item, err);
}

static bool type_of(const cn_import_table *t, const cn_import_row *row, size_t *out, cn_err *err) {
    cn_slice concept = cn_import_cell(t, row, TYPE);
    for (size_t i = 0; i < TYPES; i++)
        if (cn_slice_eq(types[i].concept, concept)) return *out = i, true;
    return cn_import_fail(err, t->file, CN_INVALID, "import.column", row->line, (size_t)t->at[TYPE] + 1,
                          "\"%.*s\" is no type of a concept of ESCO's.", CN_ARG(cn_utf8_prefix(concept, 60)));
}

/* What is not released is not a part of the framework, or not any more. */
static bool concept_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    cn_import *im = t->file->im;
    cn_slice uri, status = cn_import_cell(t, row, STATUS), type;
    uint32_t item;
    size_t which;
    if (!cn_import_need_uri(t, row, URI, &uri, err) || !type_of(t, row, &which, err)) return false;
    if (status.n && !cn_slice_eq(status, CN_S("released"))) return true;
    if (!cn_import_item_at(im, uri, &item, err) || !say_labels(t, row, item, err)) return false;
    cn_import_listed(im, item, types[which].list);
    bool knowledge = cn_slice_eq(cn_import_cell(t, row, SKILL_TYPE), CN_S("knowledge"));
    type = knowledge ? CN_S("knowledge") : types[which].type;
    return cn_import_say(im, item, CN_IMPORT_DESCRIPTION + (t->french ? CN_IMPORT_FRENCH : 0),
                         cn_import_cell(t, row, DESCRIPTION), err) &&
           cn_import_say(im, item, CN_IMPORT_CODE, cn_import_cell(t, row, CODE), err) &&
           cn_import_say(im, item, CN_IMPORT_TYPE, type, err) &&
           cn_import_say(im, item, CN_IMPORT_LEVEL, cn_import_cell(t, row, REUSE), err);
}

/* ---- Relations ---- */

static bool relate(cn_import_table *t, const cn_import_row *row, int from, int to, cn_import_how how,
                   unsigned list, cn_err *err) {
    cn_slice one, other;
    uint32_t first, second;
    cn_import *im = t->file->im;
    return cn_import_need_uri(t, row, from, &one, err) && cn_import_need_uri(t, row, to, &other, err) &&
           cn_import_item_at(im, one, &first, err) && cn_import_item_at(im, other, &second, err) &&
           cn_import_relate(im, first, how, second, list, err);
}

static bool broader_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    size_t which;
    if (!type_of(t, row, &which, err)) return false;
    bool occupations = types[which].list & (OCCUPATIONS | OCCUPATION_GROUPS);
    return relate(t, row, URI, BROADER, CN_IMPORT_BROADER, occupations ? BROADER_OCCUPATIONS : BROADER_SKILLS,
                  err);
}

static bool how_of(const cn_import_table *t, const cn_import_row *row, cn_import_how *out, cn_err *err) {
    cn_slice how = cn_import_cell(t, row, HOW);
    *out = cn_slice_eq(how, CN_S("essential")) ? CN_IMPORT_ESSENTIAL : CN_IMPORT_OPTIONAL;
    return *out == CN_IMPORT_ESSENTIAL || cn_slice_eq(how, CN_S("optional")) ||
           cn_import_fail(err, t->file, CN_INVALID, "import.column", row->line, (size_t)t->at[HOW] + 1,
                          "\"%.*s\" is neither essential nor optional.", CN_ARG(cn_utf8_prefix(how, 60)));
}

static bool needs_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    cn_import_how how;
    return how_of(t, row, &how, err) && relate(t, row, OCCUPATION, SKILL, how, OCCUPATIONS_SKILLS, err);
}

static bool skills_row(cn_import_table *t, const cn_import_row *row, cn_err *err) {
    cn_import_how how;
    return how_of(t, row, &how, err) && relate(t, row, FIRST, RELATED, how, SKILLS_SKILLS, err);
}

/* ---- Shapes ---- */

#define BIT(place) (1U << (place))

const cn_import_shape cn_import_shapes_esco[] = {
    {CN_IMPORT_ESCO, "a collection of ESCO's", words, BIT(URI) | BIT(BROADER_OF), 0, NULL, NULL, NULL},
    {CN_IMPORT_ESCO, "the list of ESCO's concept schemes", words, BIT(SCHEME), 0, NULL, NULL, NULL},
    {CN_IMPORT_ESCO, "the hierarchy of ESCO's skills", words, BIT(LEVEL_0), 0, NULL, NULL, NULL},
    {CN_IMPORT_ESCO, "a table of concepts", words, BIT(URI) | BIT(LABEL) | BIT(STATUS) | BIT(TYPE), 0,
     begin_concepts, concept_row, NULL},
    {CN_IMPORT_ESCO, "a table of labels", words, BIT(URI) | BIT(LABEL), 0, begin_labels, label_row, NULL},
    {CN_IMPORT_ESCO, "a hierarchy", words, BIT(URI) | BIT(BROADER) | BIT(TYPE), 0, begin, broader_row, NULL},
    {CN_IMPORT_ESCO, "what occupations need", words, BIT(OCCUPATION) | BIT(SKILL) | BIT(HOW), 0, begin, needs_row,
     NULL},
    {CN_IMPORT_ESCO, "what skills need", words, BIT(FIRST) | BIT(RELATED) | BIT(HOW), 0, begin, skills_row, NULL},
};
const size_t cn_import_shapes_esco_n = sizeof cn_import_shapes_esco / sizeof *cn_import_shapes_esco;
