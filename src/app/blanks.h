/* SPDX-License-Identifier: Apache-2.0
 *
 * Long forms as tables: what a field is called, what may stand in it. A table turns what somebody typed, or a JSON
 * file of a stranger, into a tidy JSON object, and tells what is wrong by the place.
 *
 * A text in two languages is {"en": "…", "fr": "…"}, of which either may be missing. What is empty is left out. A
 * number is one of JSON, kept to the last digit.
 */
#ifndef CN_APP_BLANKS_H
#define CN_APP_BLANKS_H

#include "json/json.h"

typedef enum cn_blank_kind {
    CN_BLANK_LINE,      /* one line, in no language: a name, a code */
    CN_BLANK_URL,       /* an address on the web, or another URI */
    CN_BLANK_BOTH,      /* one line in each language */
    CN_BLANK_TEXTS,     /* several lines in each language */
    CN_BLANK_LINES,     /* a list of lines */
    CN_BLANK_LISTS,     /* a list of lines in each language, the nth of one beside the nth of the other */
    CN_BLANK_NUMBER,    /* a decimal, not negative */
    CN_BLANK_COUNT,     /* a whole number, not negative */
    CN_BLANK_LEVEL,     /* a number where it is one ("4.5"), otherwise a line ("A2") */
    CN_BLANK_SAID,      /* yes, no, or nothing said */
    CN_BLANK_ONE,       /* one of the words */
    CN_BLANK_SOME,      /* several of the words */
    CN_BLANK_DATE,      /* "2026-06-01" */
    CN_BLANK_ROWS,      /* rows of columns */
    CN_BLANK_ALIGNMENT, /* rows as well: a column "outcome" with their place, from 1, and one of words */
    CN_BLANK_KINDS
} cn_blank_kind;

enum { CN_BLANK_HIDDEN = -1 }; /* a section that no form shows */

typedef struct cn_blank cn_blank;
struct cn_blank {
    cn_slice path; /* "hours.total": through the objects; of a column, its member */
    cn_blank_kind kind;
    int section;           /* of the form */
    unsigned max;          /* characters; of numbers, the largest; of lists and rows, how many */
    bool core;             /* what is complete has it */
    bool own;              /* is true of who says it alone: a copy for somebody else leaves it out */
    const cn_slice *words; /* the last is empty */
    const cn_blank *columns;
    size_t columns_n;
    bool (*good)(cn_slice text); /* how a code is written; NULL: anyhow */
};

typedef struct cn_blanks_table {
    const cn_blank *v;
    size_t n;
} cn_blanks_table;

/* What is wrong. `at` is a JSON pointer. `id`, static: "unknown" (no such field), "kind" (of JSON), "long",
 * "many", "control" (cannot be seen), "number", "large", "choice", "url", "date", "form" (of a code);
 * cn_app_design_known adds "no-cip", "no-noc", "no-isced" (of a code: its list has no such class). */
typedef struct cn_blank_problem {
    cn_slice at, id;
    const cn_blank *field; /* NULL: unknown */
    cn_slice said;         /* of a code that no list has */
} cn_blank_problem;
enum { CN_BLANK_PROBLEMS_MAX = 50 };
typedef struct cn_blank_problems {
    cn_blank_problem v[CN_BLANK_PROBLEMS_MAX]; /* the first ones */
    size_t n;
} cn_blank_problems;

/* The object as it is kept: fields in the order of the table, texts tidy. What is wrong is left out, and told. A
 * plain text where one in two languages belongs is taken to be in `language` ("en", "fr"). INVALID
 * "blanks.shape": it is no object. On the arena; borrows. */
CN_MUST_USE bool cn_blanks_read(cn_arena *a, cn_blanks_table table, const cn_json *from, cn_slice language,
                                const cn_json **out, cn_blank_problems *problems, cn_err *err);

/* The value at a path, or NULL. */
const cn_json *cn_blank_value(const cn_json *object, cn_slice path);
/* Sets the value at a path of an object that is being built, whose inner objects are its own. */
CN_MUST_USE bool cn_blank_set(cn_arena *a, cn_json *object, cn_slice path, const cn_json *value);
/* Is something said there? In texts, in both languages. */
bool cn_blank_said(const cn_blank *field, const cn_json *value);

/* ---- As typed (blanks_typed.c) ---- */

/* What stands in an input of a form; empty where there is none. Inputs are named by the path: "hours.total";
 * "target_group.en"; "credits.0.value" of rows, of which "credits.n" says how many; "assessment.types.exam" of a
 * word that was chosen. */
typedef struct cn_typed {
    cn_slice (*text)(const void *self, cn_slice name);
    const void *self;
    bool comma; /* numbers are written with a decimal comma */
} cn_typed;

/* What was typed into a section's fields, wrong or not, as an object for cn_blanks_read. Rows in which nothing
 * stands are left out. LIMIT "memory.limit". */
CN_MUST_USE bool cn_blanks_typed(cn_arena *a, cn_blanks_table table, int section, const cn_typed *typed,
                                 cn_json **out, cn_err *err);
/* The other way: a value as it stands in its input; of texts in one language (`french`). A text where a number
 * belongs stays as it is. Empty at the arena's maximum. */
cn_slice cn_blank_text(cn_arena *a, const cn_blank *field, const cn_json *value, bool french, bool comma);
/* Of several words, is this one chosen? */
bool cn_blank_chosen(const cn_json *value, cn_slice word);
/* The fields of the section become those of `typed`, all others stay. A new object. */
CN_MUST_USE bool cn_blanks_join(cn_arena *a, cn_blanks_table table, int section, const cn_json *whole,
                                const cn_json *typed, const cn_json **out, cn_err *err);

#endif
