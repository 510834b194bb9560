/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of the signed form: building JSON, and the few sentences that are Cairn's own.
 */
#ifndef CN_APP_FORM_INSIDE_H
#define CN_APP_FORM_INSIDE_H

#include "app/form.h"

/* Building; `good` turns false at the arena's maximum and stays so. */
typedef struct cn_form_maker {
    cn_arena *arena;
    bool good;
    cn_slice language, other; /* tags: of the plain texts, and of those beside them */
} cn_form_maker;

/* ---- Members (form_make.c) ---- */

void cn_form_set(cn_form_maker *m, cn_json *object, cn_slice key, const cn_json *value);
void cn_form_text(cn_form_maker *m, cn_json *object, cn_slice key, cn_slice text);
void cn_form_push(cn_form_maker *m, cn_json *list, const cn_json *value);
/* A list of one text: what "type" and others have to be. */
void cn_form_list_of(cn_form_maker *m, cn_json *object, cn_slice key, cn_slice text);
/* The text under its own term, and the other language beside it. */
void cn_form_say(cn_form_maker *m, cn_json *object, cn_slice key, cn_slice key_in, cn_bilingual words);
/* A new object of a type, which Open Badges wants as a list. */
cn_json *cn_form_typed(cn_form_maker *m, cn_slice type);
void cn_form_time(cn_form_maker *m, cn_json *object, cn_slice key, cn_time t);
cn_slice cn_form_joined(cn_form_maker *m, cn_slice text, const char *end);

/* The one of the two that is in the language. */
cn_slice cn_form_in(cn_bilingual words, cn_slice language);

/* The contexts of every form; `more`: one behind them, or NULL. */
cn_json *cn_form_contexts(cn_form_maker *m, const cn_json *more);
cn_json *cn_form_issuer(cn_form_maker *m, cn_slice id, cn_bilingual name, cn_slice url);
cn_json *cn_form_status(cn_form_maker *m, cn_slice origin, cn_slice list_id, uint64_t place);

/* What the design says in the achievement (form_design.c); NULL says nothing. */
void cn_form_design(cn_form_maker *m, const cn_json *design, cn_json *achievement);
/* Appends what the achievement was made from to its `related`. */
void cn_form_sources(cn_form_maker *m, const cn_json *design, cn_json *related);

/* ---- What is needed (form.c) ---- */

typedef struct cn_form_need {
    const char *name;
    cn_slice text;
} cn_form_need;

CN_MUST_USE bool cn_form_check_texts(const cn_form_need *all, size_t n, cn_err *err);

/* ---- Words (form_words.c); empty at the arena's maximum ---- */

/* Result descriptions: what the results in the credential are called. */
extern const cn_bilingual cn_form_result_name, cn_form_assessment_name;

/* "Micro-credential awarded by …"; a demonstration says first that it is none. */
cn_bilingual cn_form_describe(cn_form_maker *m, const cn_form_award *award);
/* The name or description, marked where it is a demonstration. */
cn_slice cn_form_marked(cn_form_maker *m, bool demonstration, cn_slice text, cn_slice language);
/* When and how it was assessed, what was decided and by whom, in whole sentences; decided_on has been read. */
cn_bilingual cn_form_assessment(cn_form_maker *m, const cn_form_award *award, cn_time decided_on);

#endif
