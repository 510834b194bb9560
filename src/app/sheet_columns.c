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
static const struct words {
    cn_sheet_field field;
    bool weak;         /* means this only where nothing else does: "No" beside "Student number" counts the rows */
    const char *words; /* one a line */
} known[] = {
    {CN_FIELD_KEY, false,
     "key\nidentifier\nstudent id\nstudent number\nstudent no\nstudent nr\nstudent #\nstudent code\n"
     "student identifier\nlearner id\nlearner number\nlearner no\nparticipant id\nparticipant number\n"
     "participant no\ncandidate id\ncandidate number\ncandidate no\nemployee number\nemployee id\n"
     "employee no\nmember number\nmember id\npermanent code\nregistration number\n"
     "clé\nidentifiant\nmatricule\nno matricule\nno de matricule\nn° de matricule\nnuméro matricule\n"
     "numéro de matricule\ncode permanent\ncode étudiant\ncode d'étudiant\nidentifiant étudiant\n"
     "identifiant de l'étudiant\nnuméro d'étudiant\nnuméro étudiant\nno d'étudiant\nno étudiant\n"
     "n° d'étudiant\nn° étudiant\nnuméro de l'étudiant\nno de l'étudiant\nn° de l'étudiant\n"
     "numéro d'étudiante\nno d'étudiante\nn° d'étudiante\nda\nnuméro de da\nno de da\nn° de da\n"
     "numéro d'admission\nnuméro d'employé\nno d'employé\nn° d'employé\nnuméro de membre\n"
     "numéro de participant\nnuméro de candidat"},
    {CN_FIELD_KEY, true,
     "id\nnumber\nno\nnum\nnr\nref\nreference\nreference number\nfile number\n"
     "numéro\nn°\nnº\nnuméro de dossier\nno de dossier\nn° de dossier\nnuméro d'inscription\nréf\n"
     "référence"},
    {CN_FIELD_NAME, false,
     "name\nfull name\nstudent name\nlearner name\nparticipant name\ncandidate name\ndisplay name\n"
     "first and last name\nname on certificate\n"
     "nom\nnom complet\nnoms\nnom de l'étudiant\nnom de l'étudiante\nnom de la personne\n"
     "nom du participant\nnom de la participante\nnom affiché\nprénom et nom\nnom et prénom\n"
     "prénom et nom de famille"},
    {CN_FIELD_GIVEN, false,
     "given name\ngiven names\nfirst name\nfirst names\nfirst\nforename\nforenames\n"
     "prénom\nprénoms\nprénom usuel"},
    {CN_FIELD_FAMILY, false,
     "family name\nfamily names\nlast name\nlast names\nlast\nsurname\n"
     "nom de famille\nnoms de famille\npatronyme"},
    {CN_FIELD_EMAIL, false,
     "email\nmail\nemail address\nmail address\nstudent email\nlearner email\n"
     "courriel\nadresse courriel\nadresse de courriel\nadresse électronique\nadresse e-mail\nadresse mail\n"
     "courriel de l'étudiant\ncourriel étudiant\ncourrier électronique\nmél"},
    {CN_FIELD_EMAIL, true,
     "personal email\nschool email\ncontact email\ncourriel institutionnel\ncourriel personnel"},
    {CN_FIELD_LANGUAGE, false,
     "language\nlang\nlocale\npreferred language\nlanguage of correspondence\n"
     "langue\nlangue préférée\nlangue d'usage\nlangue de correspondance\n"
     "langue de communication"},
    {CN_FIELD_RESULT, false,
     "result\ngrade\nmark\nmarks\nscore\nfinal grade\nfinal mark\nfinal result\n"
     "résultat\nrésultat final\nnote\nnote finale\ncote\ncote finale\npointage"},
    {CN_FIELD_DECISION, false,
     "decision\nassessment decision\noutcome\n"
     "décision\ndécision d'évaluation\nverdict"},
    {CN_FIELD_DATE, false,
     "date\nassessed on\nassessment date\ndate assessed\ndate of assessment\ndecision date\n"
     "date d'évaluation\ndate de l'évaluation\névalué le\névaluée le\ndate de la décision"},
    {CN_FIELD_METHOD, false,
     "method\nassessment method\nmethod of assessment\n"
     "méthode\nméthode d'évaluation\nmode d'évaluation"},
    {CN_FIELD_ASSESSOR, false,
     "assessor\nassessed by\ndecided by\nexaminer\n"
     "évaluateur\névaluatrice\névaluateur ou évaluatrice\névaluateur/évaluatrice\névalué par\n"
     "évaluée par\ndécidé par\npersonne évaluatrice\nresponsable de l'évaluation"},
    {CN_FIELD_EVIDENCE, false,
     "evidence\nevidence link\nevidence url\nlink\nurl\nproof of work\n"
     "preuve\npreuves\nlien\nlien de la preuve\nlien vers la preuve\nlien de preuve"},
};

/* ---- Words ---- */

static cn_slice skeleton(cn_arena *a, cn_slice word) {
    cn_buf b = cn_buf_on(a, 0);
    cn_name_skeleton(&b, word);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

static bool know_words(cn_arena *a, cn_map *m, const struct words *of) {
    for (cn_slice words = cn_slice_of(of->words); words.n;) {
        cn_slice word, rest;
        (void)cn_slice_cut(words, '\n', &word, &rest);
        cn_slice key = skeleton(a, word);
        if (!key.n || !cn_map_put(a, m, key, (void *)(uintptr_t)of)) return false;
        words = rest;
    }
    return true;
}

/* From a word to its row of `known`. */
static bool dictionary(cn_arena *a, cn_map *m) {
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (!know_words(a, m, &known[i])) return false;
    return true;
}

/* "Name (as it shall appear)" is about the name. */
static cn_slice without_remark(cn_slice header) {
    size_t open = cn_slice_find_byte(header, '(');
    return open == SIZE_MAX || !open ? header : cn_slice_sub(header, 0, open);
}

/* NULL: the word is not known. */
static bool meaning_of(cn_arena *a, const cn_map *m, cn_slice header, const struct words **out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    cn_name_skeleton(&b, without_remark(header));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_map_get(m, cn_buf_slice(&b));
    return true;
}

/* ---- Columns ---- */

static size_t named_columns(const cn_sheet *s) {
    size_t n = s->rows[0].cells;
    while (n && !cn_slice_trim(cn_sheet_cell(s, 0, n - 1)).n) n--;
    return n;
}

static bool has(const cn_columns *c, cn_sheet_field field) {
    return c->at[field] != CN_NO_COLUMN;
}

/* Words that mean one thing first, then those that may mean it. */
static void place_all(cn_columns *c, const struct words *const meanings[CN_SHEET_MAX_COLUMNS]) {
    bool strong[CN_FIELDS] = {false};
    for (size_t i = 0; i < c->n; i++)
        if (meanings[i] && !meanings[i]->weak) strong[meanings[i]->field] = true;
    for (size_t i = 0; i < c->n; i++) {
        const struct words *w = meanings[i];
        if (!w || (w->weak && strong[w->field])) c->unknown[c->unknown_n++] = i;
        else if (has(c, w->field)) c->twice[c->twice_n++] = i;
        else c->at[w->field] = i;
    }
}

/* In French "Nom" beside "Prénom" is the family name. */
static void tell_names_apart(cn_columns *c) {
    if (c->at[CN_FIELD_GIVEN] == CN_NO_COLUMN || c->at[CN_FIELD_FAMILY] != CN_NO_COLUMN) return;
    c->at[CN_FIELD_FAMILY] = c->at[CN_FIELD_NAME];
    c->at[CN_FIELD_NAME] = CN_NO_COLUMN;
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
    const struct words *meanings[CN_SHEET_MAX_COLUMNS] = {NULL};
    cn_map words = {0};
    if (!dictionary(a, &words)) return cn_fail_memory(err);
    for (size_t i = 0; i < CN_FIELDS; i++) c.at[i] = CN_NO_COLUMN;
    for (size_t i = 0; i < c.n; i++)
        if (!meaning_of(a, &words, cn_sheet_cell(s, 0, i), &meanings[i], err)) return false;
    place_all(&c, meanings);
    tell_names_apart(&c);
    find_missing(&c);
    *out = c;
    return true;
}

cn_slice cn_sheet_field_word(cn_sheet_field field) {
    return field < CN_FIELDS ? field_words[field] : CN_S("row");
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
