/* SPDX-License-Identifier: Apache-2.0
 *
 * The columns of a sheet, by the words of its header line.
 */
#include "app/sheet.h"
#include "vc/registry.h"

static const cn_slice field_words[CN_FIELDS] = {
    CN_S_INIT("key"),   CN_S_INIT("name"),     CN_S_INIT("given"),    CN_S_INIT("family"),
    CN_S_INIT("email"), CN_S_INIT("language"), CN_S_INIT("result"),   CN_S_INIT("decision"),
    CN_S_INIT("date"),  CN_S_INIT("method"),   CN_S_INIT("assessor"), CN_S_INIT("evidence"),
};

/* Compared as cn_name_skeleton leaves them: without accents, case, punctuation and spaces. */
static const struct {
    cn_sheet_field field;
    const char *words; /* one a line */
} known[] = {
    {CN_FIELD_KEY, "key\nid\nidentifier\nstudent id\nstudent number\nstudent no\nstudent #\nlearner id\n"
                   "learner number\nemployee number\nemployee id\nreference\n"
                   "clé\nidentifiant\nnuméro d'étudiant\nnuméro étudiant\nno d'étudiant\nno étudiant\n"
                   "n° d'étudiant\nn° étudiant\nnuméro de l'étudiant\nnuméro d'étudiante\nmatricule\n"
                   "code permanent\nda\nnuméro de da\nno de da\nnuméro de dossier\nnuméro d'employé\nréférence"},
    {CN_FIELD_NAME, "name\nfull name\nstudent name\nlearner name\ndisplay name\n"
                    "nom\nnom complet\nnom de l'étudiant\nnom de l'étudiante\nnom affiché\nprénom et nom"},
    {CN_FIELD_GIVEN, "given name\ngiven names\nfirst name\nforename\nprénom\nprénoms"},
    {CN_FIELD_FAMILY, "family name\nlast name\nsurname\nnom de famille"},
    {CN_FIELD_EMAIL, "email\nmail\nemail address\n"
                     "courriel\nadresse courriel\nadresse de courriel\nadresse électronique\nadresse e-mail\nmél"},
    {CN_FIELD_LANGUAGE, "language\nlang\npreferred language\n"
                        "langue\nlangue préférée\nlangue de correspondance\nlangue de communication"},
    {CN_FIELD_RESULT, "result\ngrade\nmark\nscore\nfinal grade\n"
                      "résultat\nnote\nnote finale\ncote\npointage"},
    {CN_FIELD_DECISION, "decision\nassessment decision\noutcome\n"
                        "décision\ndécision d'évaluation\nverdict"},
    {CN_FIELD_DATE, "date\nassessed on\nassessment date\ndate assessed\ndate of assessment\ndecision date\n"
                    "date d'évaluation\ndate de l'évaluation\névalué le\névaluée le\ndate de la décision"},
    {CN_FIELD_METHOD, "method\nassessment method\nmethod of assessment\n"
                      "méthode\nméthode d'évaluation\nmode d'évaluation"},
    {CN_FIELD_ASSESSOR, "assessor\nassessed by\ndecided by\nexaminer\n"
                        "évaluateur\névaluatrice\névaluateur ou évaluatrice\névaluateur/évaluatrice\névalué par\n"
                        "évaluée par\ndécidé par\npersonne évaluatrice\nresponsable de l'évaluation"},
    {CN_FIELD_EVIDENCE, "evidence\nevidence link\nevidence url\nlink\nurl\nproof of work\n"
                        "preuve\npreuves\nlien\nlien de la preuve\nlien vers la preuve\nlien de preuve"},
};

/* ---- Words ---- */

static cn_slice skeleton(cn_arena *a, cn_slice word) {
    cn_buf b = cn_buf_on(a, 0);
    cn_name_skeleton(&b, word);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

static bool know_words(cn_arena *a, cn_map *m, const cn_slice *field, cn_slice words) {
    while (words.n) {
        cn_slice word, rest;
        (void)cn_slice_cut(words, '\n', &word, &rest);
        cn_slice key = skeleton(a, word);
        if (!key.n || !cn_map_put(a, m, key, (void *)(uintptr_t)field)) return false;
        words = rest;
    }
    return true;
}

/* From a word to its row of field_words. */
static bool dictionary(cn_arena *a, cn_map *m) {
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (!know_words(a, m, &field_words[known[i].field], cn_slice_of(known[i].words))) return false;
    return true;
}

/* "Name (as it shall appear)" is about the name. */
static cn_slice without_remark(cn_slice header) {
    size_t open = cn_slice_find_byte(header, '(');
    return open == SIZE_MAX || !open ? header : cn_slice_sub(header, 0, open);
}

static bool field_of(cn_arena *a, const cn_map *m, cn_slice header, cn_sheet_field *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    cn_name_skeleton(&b, without_remark(header));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    const cn_slice *word = cn_map_get(m, cn_buf_slice(&b));
    *out = word ? (cn_sheet_field)(word - field_words) : CN_FIELDS;
    return true;
}

/* ---- Columns ---- */

static size_t named_columns(const cn_sheet *s) {
    size_t n = s->rows[0].cells;
    while (n && !cn_slice_trim(cn_sheet_cell(s, 0, n - 1)).n) n--;
    return n;
}

static void place(cn_columns *c, cn_sheet_field field, size_t column) {
    if (field == CN_FIELDS) c->unknown[c->unknown_n++] = column;
    else if (c->at[field] != CN_NO_COLUMN) c->twice[c->twice_n++] = column;
    else c->at[field] = column;
}

/* In French "Nom" beside "Prénom" is the family name. */
static void tell_names_apart(cn_columns *c) {
    if (c->at[CN_FIELD_GIVEN] == CN_NO_COLUMN || c->at[CN_FIELD_FAMILY] != CN_NO_COLUMN) return;
    c->at[CN_FIELD_FAMILY] = c->at[CN_FIELD_NAME];
    c->at[CN_FIELD_NAME] = CN_NO_COLUMN;
}

static bool has(const cn_columns *c, cn_sheet_field field) {
    return c->at[field] != CN_NO_COLUMN;
}

static void find_missing(cn_columns *c) {
    bool name = has(c, CN_FIELD_NAME) || (has(c, CN_FIELD_GIVEN) && has(c, CN_FIELD_FAMILY));
    bool half = has(c, CN_FIELD_GIVEN) || has(c, CN_FIELD_FAMILY);
    if (!has(c, CN_FIELD_KEY)) c->missing[c->missing_n++] = CN_FIELD_KEY;
    if (!name && !half) c->missing[c->missing_n++] = CN_FIELD_NAME;
    if (!name && half) c->missing[c->missing_n++] = has(c, CN_FIELD_GIVEN) ? CN_FIELD_FAMILY : CN_FIELD_GIVEN;
    if (!has(c, CN_FIELD_EMAIL)) c->missing[c->missing_n++] = CN_FIELD_EMAIL;
}

bool cn_columns_find(cn_arena *a, const cn_sheet *s, cn_columns *out, cn_err *err) {
    cn_columns c = {.n = named_columns(s)};
    cn_map words = {0};
    if (!dictionary(a, &words)) return cn_fail_memory(err);
    for (size_t i = 0; i < CN_FIELDS; i++) c.at[i] = CN_NO_COLUMN;
    for (size_t i = 0; i < c.n; i++) {
        cn_sheet_field field;
        if (!field_of(a, &words, cn_sheet_cell(s, 0, i), &field, err)) return false;
        place(&c, field, i);
    }
    tell_names_apart(&c);
    find_missing(&c);
    *out = c;
    return true;
}

cn_slice cn_sheet_field_word(cn_sheet_field field) {
    assert(field < CN_FIELDS);
    return field_words[field];
}

/* ---- Cells ---- */

static cn_slice trim(cn_slice s) {
    static const cn_slice nbsp = CN_S_INIT("\u00a0");
    for (size_t before = SIZE_MAX; s.n != before;) {
        before = s.n;
        s = cn_slice_trim(s);
        if (cn_slice_starts(s, nbsp)) s = cn_slice_from(s, nbsp.n);
        if (cn_slice_ends(s, nbsp)) s = cn_slice_sub(s, 0, s.n - nbsp.n);
    }
    return s;
}

cn_slice cn_columns_cell(const cn_columns *c, const cn_sheet *s, size_t row, cn_sheet_field field) {
    return has(c, field) ? trim(cn_sheet_cell(s, row, c->at[field])) : CN_S("");
}

bool cn_columns_name(cn_arena *a, const cn_columns *c, const cn_sheet *s, size_t row, cn_slice *out) {
    cn_slice name = cn_columns_cell(c, s, row, CN_FIELD_NAME);
    cn_slice given = cn_columns_cell(c, s, row, CN_FIELD_GIVEN);
    cn_slice family = cn_columns_cell(c, s, row, CN_FIELD_FAMILY);
    if (name.n || !given.n || !family.n) {
        *out = name.n ? name : given.n ? given : family;
        return true;
    }
    return cn_arena_print(a, out, "%.*s %.*s", CN_ARG(given), CN_ARG(family));
}

bool cn_columns_overflow(const cn_columns *c, const cn_sheet *s, size_t row) {
    for (size_t i = c->n; i < s->rows[row].cells; i++)
        if (trim(cn_sheet_cell(s, row, i)).n) return true;
    return false;
}
