/* SPDX-License-Identifier: Apache-2.0
 *
 * What the signed form of an award says of the achievement's design (docs/decisions/0009): its credits, its field
 * of study, and the competencies and occupations it is aligned to. All else stands at the achievement's address,
 * which is signed.
 */
#include "app/form_inside.h"

enum { ALIGNMENTS_MAX = 16 }; /* a wallet shows few, and each is signed with every award */

typedef struct aligning {
    cn_form_maker *m;
    cn_json *list;
} aligning;

/* Two that say the same would be one statement. */
static bool is_there(const aligning *w, cn_slice url) {
    for (size_t i = 0; i < cn_json_count(w->list); i++)
        if (cn_slice_eq(cn_json_get_text(cn_json_item(w->list, i), CN_S("targetUrl")), url)) return true;
    return false;
}

/* A new alignment at the end of the list; NULL where there is no more room, or it is there already. */
static cn_json *align(aligning *w, cn_slice url) {
    if (cn_json_count(w->list) == ALIGNMENTS_MAX || !cn_uri_well_formed(url) || is_there(w, url)) return NULL;
    cn_json *one = cn_form_typed(w->m, CN_S("Alignment"));
    cn_form_text(w->m, one, CN_S("targetUrl"), url);
    cn_form_push(w->m, w->list, one);
    return one;
}

static void align_competency(aligning *w, const cn_json *competency) {
    const cn_json *label = cn_json_get(competency, CN_S("label"));
    cn_bilingual name = {cn_json_get_text(label, CN_S("en")), cn_json_get_text(label, CN_S("fr"))};
    cn_slice framework = cn_json_get_text(competency, CN_S("framework")),
             code = cn_json_get_text(competency, CN_S("code"));
    if (!name.en.n && !name.fr.n) return;
    cn_json *one = align(w, cn_json_get_text(competency, CN_S("uri")));
    if (!one) return;
    if (name.en.n && name.fr.n) cn_form_say(w->m, one, CN_S("targetName"), CN_S("nameIn"), name);
    else cn_form_text(w->m, one, CN_S("targetName"), name.en.n ? name.en : name.fr);
    if (framework.n) cn_form_text(w->m, one, CN_S("targetFramework"), framework);
    if (code.n) cn_form_text(w->m, one, CN_S("targetCode"), code);
    cn_form_text(w->m, one, CN_S("targetType"), CN_S("ceasn:Competency"));
}

/* A class of Canada's National Occupational Classification; its name is "NOC 12200", "CNP 12200". */
static void align_occupation(aligning *w, cn_slice code) {
    cn_bilingual name = {{0}, {0}};
    cn_slice url = {0};
    w->m->good =
        w->m->good && cn_arena_print(w->m->arena, &name.en, "NOC %.*s", CN_ARG(code)) &&
        cn_arena_print(w->m->arena, &name.fr, "CNP %.*s", CN_ARG(code)) &&
        cn_arena_print(w->m->arena, &url, "https://noc.esdc.gc.ca/Structure/NOCProfile?code=%.*s&version=2021.0",
                       CN_ARG(code));
    cn_json *one = code.n ? align(w, url) : NULL;
    if (!one) return;
    cn_form_say(w->m, one, CN_S("targetName"), CN_S("nameIn"), name);
    cn_form_text(w->m, one, CN_S("targetFramework"), CN_S("NOC 2021"));
    cn_form_text(w->m, one, CN_S("targetCode"), code);
    cn_form_text(w->m, one, CN_S("targetType"), CN_S("ext:NOC"));
}

void cn_form_design(cn_form_maker *m, const cn_json *design, cn_json *achievement) {
    aligning w = {m, cn_json_array(m->arena)};
    const cn_json *credits = cn_json_point(design, CN_S("/credits/0/value")),
                  *competencies = cn_json_get(design, CN_S("competencies")),
                  *occupations = cn_json_point(design, CN_S("/classification/noc"));
    cn_slice cip = cn_json_text(cn_json_point(design, CN_S("/classification/cip"))), field = {0};
    if (cn_json_is(credits, CN_JSON_NUMBER)) cn_form_set(m, achievement, CN_S("creditsAvailable"), credits);
    if (cip.n) {
        m->good = m->good && cn_arena_print(m->arena, &field, "CIP %.*s", CN_ARG(cip));
        cn_form_text(m, achievement, CN_S("fieldOfStudy"), field);
    }
    for (size_t i = 0; i < cn_json_count(competencies); i++) align_competency(&w, cn_json_item(competencies, i));
    for (size_t i = 0; i < cn_json_count(occupations); i++)
        align_occupation(&w, cn_json_text(cn_json_item(occupations, i)));
    if (cn_json_count(w.list)) cn_form_set(m, achievement, CN_S("alignment"), w.list);
}

/* ---- What it was made from ---- */

static void relate(cn_form_maker *m, const cn_json *source, cn_json *related) {
    const cn_json *version = cn_json_get(source, CN_S("version"));
    cn_slice url = cn_json_get_text(source, CN_S("achievement")), text = {0};
    if (!cn_uri_well_formed(url)) return;
    cn_json *one = cn_form_typed(m, CN_S("Related"));
    cn_form_text(m, one, CN_S("id"), url);
    if (cn_json_is(version, CN_JSON_NUMBER)) {
        m->good = m->good && cn_arena_print(m->arena, &text, "%.0f", version->number);
        cn_form_text(m, one, CN_S("version"), text);
    }
    cn_form_push(m, related, one);
}

void cn_form_sources(cn_form_maker *m, const cn_json *design, cn_json *related) {
    const cn_json *source = cn_json_get(design, CN_S("source")), *others = cn_json_get(source, CN_S("others"));
    relate(m, source, related);
    for (size_t i = 0; i < cn_json_count(others); i++) relate(m, cn_json_item(others, i), related);
}
