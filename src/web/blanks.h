/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: the fields of a table (app/blanks.h) as a form.
 */
#ifndef CN_WEB_BLANKS_H
#define CN_WEB_BLANKS_H

#include "app/blanks.h"
#include "rules/rules.h"
#include "web/pages.h"

/* ---- What templates field, field_inputs and field_input print ---- */

typedef struct cn_view_blank_option {
    cn_slice value, id, name, text;
    bool chosen;
} cn_view_blank_option;

typedef enum cn_view_shape {
    CN_VIEW_LINE,
    CN_VIEW_AREA,
    CN_VIEW_SELECT,
    CN_VIEW_RADIOS,
    CN_VIEW_CHECKS
} cn_view_shape;

typedef struct cn_view_input {
    cn_slice name; /* and its id */
    cn_view_shape shape;
    cn_slice label, hint, error;
    cn_slice language;          /* of what is typed; a tag */
    cn_slice type, mode, width; /* of an input: "text", "decimal"; a class with a space before it */
    cn_slice value, described, group_class, input_class;
    int rows;
    cn_view_blank_option *options;
    size_t options_n;
} cn_view_input;

/* The inputs of a field: two where it is a text in both languages, the reader's own first. */
typedef struct cn_view_inputs {
    cn_view_input v[CN_LANGUAGES];
    size_t n;
} cn_view_inputs;

typedef struct cn_view_row {
    cn_slice heading, text; /* text: what the row is about; may be empty */
    cn_view_inputs *columns;
    size_t columns_n;
} cn_view_row;

/* What a code stands for. */
typedef struct cn_view_named {
    cn_slice code, text, language;
} cn_view_named;

typedef struct cn_view_fields_field {
    cn_slice path, label, hint;
    cn_view_inputs inputs; /* of a field without rows */
    bool in_rows;
    bool fixed;     /* rows cannot be added */
    cn_slice error; /* of the rows as a whole */
    cn_slice count; /* the input that says how many rows */
    cn_view_row *rows;
    size_t rows_n;
    cn_slice *asked; /* what frameworks still miss here, in words */
    size_t asked_n;
    cn_view_named *named; /* the codes in it */
    size_t named_n;
} cn_view_fields_field;

typedef struct cn_view_wrong {
    cn_slice name, text; /* the input, and what is wrong with it */
} cn_view_wrong;

typedef struct cn_view_form {
    cn_view_fields_field *v;
    size_t n;
    cn_slice failed; /* what is wrong with the whole; or empty */
    cn_view_wrong *wrong;
    size_t wrong_n;
} cn_view_form;

/* ---- Made ---- */

/* What is shown, and in which words. */
typedef struct cn_blank_plan {
    cn_blanks_table table;
    int section;
    const cn_json *values;              /* an object, tidy or as it was typed */
    const cn_blank_problems *problems;  /* NULL: none */
    const char *labels, *hints, *words; /* families of messages; by the path, by the word */
    const cn_labels
        *known; /* what packs of rules call the field `before`PATH, where `labels` says nothing; may be NULL */
    const char *before;
    cn_slice more;           /* the path of rows of which some empty ones are shown */
    const cn_slice *aligned; /* outcomes that CN_BLANK_ALIGNMENT is about, in the page's language */
    size_t aligned_n;
} cn_blank_plan;

CN_MUST_USE bool cn_view_form_fill(const cn_making *m, const cn_blank_plan *plan, cn_view_form *out, cn_err *err);
/* What a field is called, or a column of it: "credits.value". */
cn_slice cn_blank_label(const cn_making *m, const cn_blank_plan *plan, cn_slice path);
/* A word of a choice, in the page's language; the word itself where it has no message. */
cn_slice cn_blank_word(const cn_making *m, const char *family, cn_slice word);
/* What is wrong, as a sentence that begins with the field's name. */
cn_slice cn_blank_says(const cn_making *m, const cn_blank_problem *problem, cn_slice label);
/* What was typed into the request's form, for cn_blanks_typed. */
cn_typed cn_web_typed(const cn_making *m);

#endif
