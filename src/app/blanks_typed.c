/* SPDX-License-Identifier: Apache-2.0
 *
 * Between a form's inputs and JSON: what was typed becomes an object, whatever it is, and comes back as it was.
 */
#include "app/blanks.h"

typedef struct work {
    cn_arena *a;
    const cn_typed *typed;
    bool full; /* the arena is at its maximum */
} work;

/* The input PATH, or PATH.MORE. */
static cn_slice input(work *w, cn_slice path, cn_slice more) {
    cn_slice name;
    if (!cn_arena_print(w->a, &name, "%.*s%s%.*s", CN_ARG(path), more.n ? "." : "", CN_ARG(more)))
        return w->full = true, (cn_slice){0};
    return w->typed->text(w->typed->self, name);
}

static const cn_json *kept(work *w, const cn_json *v) {
    if (!v) w->full = true;
    return v;
}

static const cn_json *text_json(work *w, cn_slice text) {
    return text.n ? kept(w, cn_json_string(w->a, text)) : NULL;
}

/* ---- One kind each: NULL where nothing was typed ---- */

static const cn_json *type_line(work *w, const cn_blank *f, cn_slice path) {
    (void)f;
    return text_json(w, input(w, path, (cn_slice){0}));
}

static const cn_json *both_json(work *w, cn_slice en, cn_slice fr) {
    cn_json *both = cn_json_object(w->a);
    if (!both) return kept(w, NULL);
    if ((en.n && !cn_json_set(w->a, both, CN_S("en"), cn_json_string(w->a, en))) ||
        (fr.n && !cn_json_set(w->a, both, CN_S("fr"), cn_json_string(w->a, fr))))
        w->full = true;
    return en.n || fr.n ? both : NULL;
}

static const cn_json *type_both(work *w, const cn_blank *f, cn_slice path) {
    (void)f;
    return both_json(w, input(w, path, CN_S("en")), input(w, path, CN_S("fr")));
}

/* A mark of a list before a line is taken away, since people write lists so. */
static cn_slice line_of(cn_slice *rest) {
    cn_slice line;
    (void)cn_slice_cut(*rest, '\n', &line, rest);
    line = cn_slice_trim(line);
    bool marked = cn_slice_starts(line, CN_S("- ")) || cn_slice_starts(line, CN_S("* "));
    return marked ? cn_slice_trim(cn_slice_from(line, 2)) : line;
}

static void push(work *w, cn_json *list, const cn_json *item) {
    if (item && !cn_json_push(w->a, list, item)) w->full = true;
}

static const cn_json *type_lines(work *w, const cn_blank *f, cn_slice path) {
    (void)f;
    cn_slice rest = input(w, path, (cn_slice){0});
    cn_json *list = cn_json_array(w->a);
    if (!list) return kept(w, NULL);
    while (rest.n) push(w, list, text_json(w, line_of(&rest)));
    return cn_json_count(list) ? list : NULL;
}

/* Lines beside each other belong together: an empty one keeps its place. */
static const cn_json *type_lists(work *w, const cn_blank *f, cn_slice path) {
    (void)f;
    cn_slice en = input(w, path, CN_S("en")), fr = input(w, path, CN_S("fr"));
    cn_json *list = cn_json_array(w->a);
    if (!list) return kept(w, NULL);
    while (en.n || fr.n) {
        cn_slice english = en.n ? line_of(&en) : (cn_slice){0};
        push(w, list, both_json(w, english, fr.n ? line_of(&fr) : (cn_slice){0}));
    }
    return cn_json_count(list) ? list : NULL;
}

/* Digits may be grouped by spaces; where a comma is decimal, it may be a point too. */
static bool number_text(work *w, cn_slice typed, cn_slice *out) {
    cn_buf b = cn_buf_on(w->a, 0);
    for (size_t i = 0; i < typed.n;) {
        cn_slice rest = cn_slice_from(typed, i);
        size_t narrow = cn_slice_starts(rest, CN_S("\xe2\x80\xaf")) ? 3 : 0;
        size_t gap = cn_slice_starts(rest, CN_S("\xc2\xa0")) ? 2 : rest.p[0] == ' ' ? 1 : narrow;
        if (!gap) cn_buf_byte(&b, w->typed->comma && rest.p[0] == ',' ? '.' : rest.p[0]);
        i += gap ? gap : 1;
    }
    if (!cn_buf_ok(&b)) w->full = true;
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b);
}

static const cn_json *type_number(work *w, const cn_blank *f, cn_slice path) {
    (void)f;
    cn_slice typed = input(w, path, (cn_slice){0}), text;
    double value;
    const cn_json *number;
    cn_err err;
    if (!typed.n || !number_text(w, typed, &text)) return NULL;
    if (!cn_number_read(text, &value)) return text_json(w, typed);
    if (cn_json_read(w->a, text, NULL, &number, &err)) return number;
    return err.code == CN_LIMIT ? kept(w, NULL) : text_json(w, typed);
}

static const cn_json *type_said(work *w, const cn_blank *f, cn_slice path) {
    cn_slice typed = input(w, path, (cn_slice){0});
    if (cn_slice_eq(typed, CN_S("yes"))) return cn_json_bool(true);
    return cn_slice_eq(typed, CN_S("no")) ? cn_json_bool(false) : type_line(w, f, path);
}

static const cn_json *type_some(work *w, const cn_blank *f, cn_slice path) {
    cn_json *list = cn_json_array(w->a);
    if (!list) return kept(w, NULL);
    for (const cn_slice *word = f->words; word->n; word++)
        if (input(w, path, *word).n) push(w, list, cn_json_string(w->a, *word));
    return cn_json_count(list) ? list : NULL;
}

static size_t rows_typed(work *w, const cn_blank *f, cn_slice path) {
    uint64_t n = 0;
    return cn_slice_to_u64(input(w, path, CN_S("n")), f->max, &n) ? (size_t)n : 0;
}

static const cn_json *type_field(work *w, const cn_blank *f, cn_slice path);

static cn_slice row_path(work *w, cn_slice path, size_t row, cn_slice column) {
    cn_slice out;
    if (cn_arena_print(w->a, &out, "%.*s.%zu.%.*s", CN_ARG(path), row, CN_ARG(column))) return out;
    return w->full = true, (cn_slice){0};
}

static const cn_json *type_rows(work *w, const cn_blank *f, cn_slice path) {
    cn_json *list = cn_json_array(w->a);
    if (!list) return kept(w, NULL);
    for (size_t i = 0, n = rows_typed(w, f, path); i < n && !w->full; i++) {
        cn_json *row = cn_json_object(w->a);
        for (size_t c = 0; row && c < f->columns_n; c++) {
            const cn_blank *column = &f->columns[c];
            const cn_json *v = type_field(w, column, row_path(w, path, i, column->path));
            if (v && !cn_json_set(w->a, row, column->path, v)) w->full = true;
        }
        if (!row) w->full = true;
        else if (cn_json_count(row)) push(w, list, row);
    }
    return cn_json_count(list) ? list : NULL;
}

/* The nth row is that of the nth outcome, and says the rest of it. */
static const cn_json *type_alignment(work *w, const cn_blank *f, cn_slice path) {
    cn_json *list = cn_json_array(w->a);
    if (!list) return kept(w, NULL);
    for (size_t i = 0, n = rows_typed(w, f, path); i < n && !w->full; i++) {
        const cn_json *kind = type_line(w, f, row_path(w, path, i, CN_S("kind")));
        cn_json *row = kind ? cn_json_object(w->a) : NULL;
        if (row && cn_json_set(w->a, row, CN_S("outcome"), cn_json_number(w->a, (double)(i + 1))) &&
            cn_json_set(w->a, row, CN_S("kind"), kind))
            push(w, list, row);
        else if (kind) w->full = true;
    }
    return cn_json_count(list) ? list : NULL;
}

typedef const cn_json *typer(work *w, const cn_blank *f, cn_slice path);
static typer *const typers[CN_BLANK_KINDS] = {
    [CN_BLANK_LINE] = type_line,     [CN_BLANK_URL] = type_line,     [CN_BLANK_BOTH] = type_both,
    [CN_BLANK_TEXTS] = type_both,    [CN_BLANK_LINES] = type_lines,  [CN_BLANK_LISTS] = type_lists,
    [CN_BLANK_NUMBER] = type_number, [CN_BLANK_COUNT] = type_number, [CN_BLANK_LEVEL] = type_number,
    [CN_BLANK_SAID] = type_said,     [CN_BLANK_ONE] = type_line,     [CN_BLANK_SOME] = type_some,
    [CN_BLANK_DATE] = type_line,     [CN_BLANK_ROWS] = type_rows,    [CN_BLANK_ALIGNMENT] = type_alignment,
};

static const cn_json *type_field(work *w, const cn_blank *f, cn_slice path) {
    return typers[f->kind](w, f, path);
}

bool cn_blanks_typed(cn_arena *a, cn_blanks_table table, int section, const cn_typed *typed, cn_json **out,
                     cn_err *err) {
    work w = {.a = a, .typed = typed};
    cn_json *object = cn_json_object(a);
    if (!object) return cn_fail_memory(err);
    for (size_t i = 0; i < table.n && !w.full; i++) {
        const cn_blank *f = &table.v[i];
        const cn_json *v = f->section == section ? type_field(&w, f, f->path) : NULL;
        if (v && !cn_blank_set(a, object, f->path, v)) w.full = true;
    }
    if (w.full) return cn_fail_memory(err);
    *out = object;
    return true;
}

/* ---- The other way ---- */

static cn_slice in_language(const cn_json *v, bool french) {
    return cn_json_get_text(v, french ? CN_S("fr") : CN_S("en"));
}

static cn_slice number_shown(cn_arena *a, cn_slice written, bool comma) {
    cn_slice out;
    if (!comma || !cn_arena_copy(a, written, &out)) return comma ? (cn_slice){0} : written;
    char *point = memchr(out.p, '.', out.n);
    if (point) *point = ',';
    return out;
}

static cn_slice lines_shown(cn_arena *a, const cn_blank *f, const cn_json *v, bool french) {
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < cn_json_many(v); i++) {
        const cn_json *one = cn_json_one(v, i);
        if (i) cn_buf_byte(&b, '\n');
        cn_buf_add(&b, f->kind == CN_BLANK_LISTS ? in_language(one, french) : cn_json_text(one));
    }
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

cn_slice cn_blank_text(cn_arena *a, const cn_blank *f, const cn_json *v, bool french, bool comma) {
    if (cn_json_is_bool(v)) return cn_json_is(v, CN_JSON_TRUE) ? CN_S("yes") : CN_S("no");
    if (cn_json_is(v, CN_JSON_NUMBER)) return number_shown(a, v->string, comma);
    if (f->kind == CN_BLANK_BOTH || f->kind == CN_BLANK_TEXTS) return in_language(v, french);
    if (f->kind == CN_BLANK_LINES || f->kind == CN_BLANK_LISTS) return lines_shown(a, f, v, french);
    return cn_json_text(v);
}

bool cn_blank_chosen(const cn_json *v, cn_slice word) {
    for (size_t i = 0; i < cn_json_many(v); i++)
        if (cn_json_is_string(cn_json_one(v, i), word)) return true;
    return false;
}

bool cn_blanks_join(cn_arena *a, cn_blanks_table table, int section, const cn_json *whole, const cn_json *typed,
                    const cn_json **out, cn_err *err) {
    cn_json *joined = cn_json_object(a);
    if (!joined) return cn_fail_memory(err);
    for (size_t i = 0; i < table.n; i++) {
        const cn_blank *f = &table.v[i];
        const cn_json *v = cn_blank_value(f->section == section ? typed : whole, f->path);
        if (v && !cn_blank_set(a, joined, f->path, v)) return cn_fail_memory(err);
    }
    *out = joined;
    return true;
}
