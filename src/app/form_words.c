/* SPDX-License-Identifier: Apache-2.0
 *
 * The sentences of Cairn's own that are signed with an award, in both languages. They are not taken from the
 * pages' messages: those may be worded anew any day, and a signature goes over these.
 */
#include "app/form_inside.h"

const cn_bilingual cn_form_result_name = {CN_S_INIT("Result"), CN_S_INIT("Résultat")};
const cn_bilingual cn_form_assessment_name = {CN_S_INIT("Assessment"), CN_S_INIT("Évaluation")};

#define NBSP "\u00a0"

static cn_slice done(cn_form_maker *m, const cn_buf *b) {
    m->good = m->good && cn_buf_ok(b);
    return m->good ? cn_buf_slice(b) : (cn_slice){0};
}

/* ---- Names and descriptions ---- */

static const cn_bilingual mark = {CN_S_INIT("Demonstration: "), CN_S_INIT("Démonstration" NBSP ": ")};
static const cn_bilingual certifies_nothing = {
    CN_S_INIT("This is a demonstration and certifies nothing. "),
    CN_S_INIT("Ceci est une démonstration et n’atteste rien. "),
};
static const cn_bilingual awarded_by = {CN_S_INIT("Micro-credential awarded by "),
                                        CN_S_INIT("Microcertification décernée par" NBSP ": ")};

cn_slice cn_form_marked(cn_form_maker *m, bool demonstration, cn_slice text, cn_slice language) {
    cn_buf b = cn_buf_on(m->arena, 0);
    if (!demonstration) return text;
    cn_buf_add(&b, cn_form_in(mark, language));
    cn_buf_add(&b, text);
    return done(m, &b);
}

static cn_slice describe(cn_form_maker *m, const cn_form_award *award, cn_slice language) {
    cn_buf b = cn_buf_on(m->arena, 0);
    cn_slice name = cn_slice_trim(cn_form_in(award->organisation_name, language));
    if (award->demonstration) cn_buf_add(&b, cn_form_in(certifies_nothing, language));
    cn_buf_add(&b, cn_form_in(awarded_by, language));
    cn_buf_add(&b, name);
    if (!cn_slice_ends(name, CN_S("."))) cn_buf_byte(&b, '.');
    return done(m, &b);
}

cn_bilingual cn_form_describe(cn_form_maker *m, const cn_form_award *award) {
    return (cn_bilingual){.en = describe(m, award, CN_S("en")), .fr = describe(m, award, CN_S("fr"))};
}

/* ---- Assessments ---- */

static const cn_bilingual months[] = {
    {CN_S_INIT("January"), CN_S_INIT("janvier")},
    {CN_S_INIT("February"), CN_S_INIT("février")},
    {CN_S_INIT("March"), CN_S_INIT("mars")},
    {CN_S_INIT("April"), CN_S_INIT("avril")},
    {CN_S_INIT("May"), CN_S_INIT("mai")},
    {CN_S_INIT("June"), CN_S_INIT("juin")},
    {CN_S_INIT("July"), CN_S_INIT("juillet")},
    {CN_S_INIT("August"), CN_S_INIT("août")},
    {CN_S_INIT("September"), CN_S_INIT("septembre")},
    {CN_S_INIT("October"), CN_S_INIT("octobre")},
    {CN_S_INIT("November"), CN_S_INIT("novembre")},
    {CN_S_INIT("December"), CN_S_INIT("décembre")},
};

static const cn_bilingual decided_label = {CN_S_INIT(" Decision: "), CN_S_INIT(" Décision" NBSP ": ")};
static const cn_bilingual method_label = {CN_S_INIT(" Method: "), CN_S_INIT(" Méthode" NBSP ": ")};
static const cn_bilingual assessor_label = {CN_S_INIT(" Decided by: "),
                                            CN_S_INIT(" Décision prise par" NBSP ": ")};

static void add_date(cn_buf *b, cn_time t, cn_slice language) {
    cn_date d = cn_time_date(t);
    cn_slice month = cn_form_in(months[d.month - 1], language);
    if (cn_slice_eq(language, CN_S("fr")))
        cn_buf_print(b, "Évaluation du %d%s %.*s %d.", d.day, d.day == 1 ? "er" : "", CN_ARG(month), (int)d.year);
    else cn_buf_print(b, "Assessed on %.*s %d, %d.", CN_ARG(month), d.day, (int)d.year);
}

/* What the institution wrote, with our word before it, as a sentence. */
static void add_part(cn_buf *b, cn_bilingual label, cn_slice text, cn_slice language) {
    text = cn_slice_trim(text);
    if (!text.n) return;
    cn_buf_add(b, cn_form_in(label, language));
    cn_buf_add(b, text);
    if (!strchr(".!?", text.p[text.n - 1])) cn_buf_byte(b, '.');
}

static cn_slice assessment(cn_form_maker *m, const cn_form_award *award, cn_time decided_on, cn_slice language) {
    cn_buf b = cn_buf_on(m->arena, 0);
    add_date(&b, decided_on, language);
    add_part(&b, decided_label, award->decision, language);
    add_part(&b, method_label, award->method, language);
    add_part(&b, assessor_label, award->assessor, language);
    return done(m, &b);
}

cn_bilingual cn_form_assessment(cn_form_maker *m, const cn_form_award *award, cn_time decided_on) {
    return (cn_bilingual){.en = assessment(m, award, decided_on, CN_S("en")),
                          .fr = assessment(m, award, decided_on, CN_S("fr"))};
}
