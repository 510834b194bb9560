/* SPDX-License-Identifier: Apache-2.0
 *
 * An organisation's rows, put into another database in one transaction.
 */
#include "store/chain_inside.h"
#include "store/move_inside.h"

enum { TABLES_MAX = 32 };

typedef struct moving {
    cn_db *db;
    cn_arena *keep;             /* lives as long as the transaction … */
    cn_arena *a;                /* … and as long as a row */
    cn_map numbers[TABLES_MAX]; /* by the place in cn_moved_tables: the number before → the number here */
    cn_map made;                /* numbers before of persons who were not here */
    const cn_move_source *source;
} moving;

/* What is refused is refused with the name of its table; app/move.c knows the line. */
static bool refuse(cn_slice table, const char *why, cn_err *err) {
    return cn_fail(err, CN_INVALID, "move.row", "a row of \"%.*s\" %s.", CN_ARG(table), why);
}

/* ---- Numbers ---- */

static cn_slice key_of(const int64_t *number) {
    return cn_slice_bytes(number, sizeof *number);
}

static bool remember(moving *m, cn_map *map, int64_t before, int64_t here, cn_err *err) {
    cn_slice key;
    return (cn_arena_copy(m->keep, key_of(&before), &key) &&
            cn_map_put(m->keep, map, key, (void *)(intptr_t)here)) ||
           cn_fail_memory(err);
}

static int64_t number_here(const moving *m, const char *table, int64_t before) {
    size_t at = cn_moved_find(cn_slice_of(table));
    assert(at != SIZE_MAX);
    return (int64_t)(intptr_t)cn_map_get(&m->numbers[at], key_of(&before));
}

/* ---- Values ---- */

static bool read_number(const cn_json *v, int64_t *out) {
    const double most = 9007199254740992.0; /* 2^53: beyond it not every number is one */
    if (!cn_json_is(v, CN_JSON_NUMBER) || v->number < -most || v->number > most) return false;
    *out = (int64_t)v->number;
    return (double)*out == v->number;
}

static bool read_value(cn_arena *a, const cn_json *v, cn_value *out) {
    cn_err ignored;
    const cn_json *base64 = cn_json_get(v, CN_S("base64"));
    *out = (cn_value){.kind = CN_VALUE_NULL};
    if (cn_json_is(v, CN_JSON_NULL)) return true;
    if (cn_json_is(v, CN_JSON_STRING)) return *out = CN_TEXT_VALUE(cn_json_text(v)), true;
    if (cn_json_is(v, CN_JSON_NUMBER)) return out->kind = CN_VALUE_INT, read_number(v, &out->number);
    out->kind = CN_VALUE_BYTES;
    return cn_json_count(v) == 1 && cn_json_is(base64, CN_JSON_STRING) &&
           cn_base64_read(a, CN_BASE64, cn_json_text(base64), &out->bytes, &ignored);
}

/* The number of the row that the column names, in place of the one it had. */
static bool refer(const moving *m, const cn_moved *moved, const char *column, cn_value *v, cn_err *err) {
    for (size_t i = 0; i < CN_MOVED_REFERENCES && moved->references[i].column; i++) {
        if (strcmp(moved->references[i].column, column)) continue;
        if (v->kind == CN_VALUE_NULL) return true;
        int64_t here = v->kind == CN_VALUE_INT ? number_here(m, moved->references[i].table, v->number) : 0;
        if (!here && !moved->references[i].loose)
            return refuse(cn_slice_of(moved->table), "names a row that is not in the file", err);
        *v = CN_NUMBER_VALUE(here);
        return true;
    }
    return true;
}

/* ---- Rows ---- */

static const cn_table *table_of(const char *name) {
    for (int i = 0; i < cn_tables_count; i++)
        if (!strcmp(cn_tables[i].name, name)) return &cn_tables[i];
    assert(!"a table that is moved is a table");
    return NULL;
}

static bool is_numbered(const cn_table *t) {
    return !strcmp(t->columns[0], "number");
}

/* The values of all columns; `*before` is the number it had. */
static bool row_values(const moving *m, const cn_moved *moved, const cn_table *t, const cn_json *row,
                       cn_value *values, int64_t *before, cn_err *err) {
    cn_slice name = cn_slice_of(t->name);
    size_t more = cn_json_get(row, CN_S(CN_MOVED_EMAIL)) ? 1 : 0;
    if (!cn_json_is(row, CN_JSON_OBJECT) || cn_json_count(row) != (size_t)t->n + more)
        return refuse(name, "has not the columns that this program knows", err);
    for (int i = 0; i < t->n; i++) {
        const cn_json *v = cn_json_get(row, cn_slice_of(t->columns[i]));
        if (!v || !read_value(m->a, v, &values[i]))
            return refuse(name, "has a column that is missing or malformed", err);
        if (!refer(m, moved, t->columns[i], &values[i], err)) return false;
    }
    if (!is_numbered(t)) return true;
    if (values[0].kind != CN_VALUE_INT || !values[0].number) return refuse(name, "has no number", err);
    *before = values[0].number;
    values[0] = (cn_value){.kind = CN_VALUE_NULL};
    return true;
}

static bool insert(const moving *m, const cn_table *t, const cn_value *values, int64_t *here, cn_err *err) {
    cn_err why;
    bool good = is_numbered(t) ? cn_db_one(m->a, m->db, &t->put, values, cn_row_int, here, &why)
                               : cn_db_run(m->db, &t->put, values, NULL, &why);
    if (good) return true;
    if (why.code != CN_INTERNAL) return *err = why, false;
    return cn_fail(err, CN_CONFLICT, "move.conflict", "a row of \"%s\" cannot stand here: %s", t->name,
                   why.detail);
}

static bool found(cn_arena *a, const moving *m, const cn_sql *sql, const cn_value *values, int64_t *number,
                  cn_err *err) {
    *number = 0;
    return cn_db_one(a, m->db, sql, values, cn_row_int, number, err) || err->code == CN_NOT_FOUND;
}

/* ---- Rows that may be here already ---- */

static bool refuse_organisation(const moving *m, const cn_json *row, cn_err *err) {
    cn_slice id = cn_json_get_text(row, CN_S("id"));
    cn_value values[] = {CN_TEXT_VALUE(id)};
    int64_t number;
    if (!found(m->a, m, &cn_sql_organisation_by_id, values, &number, err)) return false;
    return !number ||
           cn_fail(err, CN_CONFLICT, "move.there", "the organisation %.*s is here already.", CN_ARG(id));
}

static bool person_here(const moving *m, const cn_json *row, int64_t *number, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(cn_json_get_text(row, CN_S(CN_MOVED_EMAIL))),
                         CN_TEXT_VALUE(cn_json_get_text(row, CN_S("id")))};
    return found(m->a, m, &cn_sql_move_person_here, values, number, err);
}

/* Who was here has the addresses they had; an address that is somebody's here stays theirs. */
static bool address_wanted(const moving *m, const cn_json *row, bool *wanted, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(cn_json_get_text(row, CN_S("email")))};
    int64_t before = 0, owner;
    *wanted = read_number(cn_json_get(row, CN_S("person")), &before) && cn_map_has(&m->made, key_of(&before));
    if (!*wanted) return true;
    if (!found(m->a, m, &cn_sql_address_owner, values, &owner, err)) return false;
    *wanted = !owner;
    return true;
}

static bool put_row(moving *m, size_t at, const cn_json *row, cn_err *err) {
    const cn_moved *moved = &cn_moved_tables[at];
    const cn_table *t = table_of(moved->table);
    bool person = !strcmp(t->name, "person"), wanted = true;
    int64_t before = 0, here = 0;
    cn_value *values = CN_NEW_ARRAY(m->a, cn_value, (size_t)t->n);
    if (!values) return cn_fail_memory(err);
    if (!row_values(m, moved, t, row, values, &before, err)) return false;
    if (at == 0 && !refuse_organisation(m, row, err)) return false;
    if (person && !person_here(m, row, &here, err)) return false;
    if (!strcmp(t->name, "address") && !address_wanted(m, row, &wanted, err)) return false;
    if (person && !here && !remember(m, &m->made, before, 1, err)) return false;
    if (wanted && !here && !insert(m, t, values, &here, err)) return false;
    if (!strcmp(t->name, "audit") && !cn_chain_link(m->db, here, err)) return false;
    return !is_numbered(t) || remember(m, &m->numbers[at], before, here, err);
}

/* ---- All of them ---- */

/* The organisation comes first, and alone. */
static bool in_order(const moving *m, cn_slice table, size_t at, cn_err *err) {
    if (at == SIZE_MAX) return refuse(table, "is nothing that is moved", err);
    if ((at == 0) == (m->numbers[0].count == 0)) return true;
    return refuse(table, "stands where it must not: a file holds one organisation, its row first", err);
}

static bool next_row(moving *m, bool *more, cn_err *err) {
    cn_slice table;
    const cn_json *row;
    if (!m->source->next(m->source->self, m->a, &table, &row, err)) return false;
    *more = table.n != 0;
    if (!*more) return m->numbers[0].count || refuse(CN_S("organisation"), "is missing", err);
    size_t at = cn_moved_find(table);
    return in_order(m, table, at, err) && put_row(m, at, row, err);
}

static bool take_all(cn_db *db, void *self, cn_err *err) {
    cn_arena *keep CN_ARENA_AUTO = cn_arena_new(0);
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    moving m = {.db = db, .keep = keep, .a = a, .source = self};
    cn_arena_mark mark = cn_arena_get_mark(a);
    assert(cn_moved_tables_n <= TABLES_MAX);
    for (bool more = true; more;) {
        if (!next_row(&m, &more, err)) return false;
        cn_arena_reset(a, mark);
    }
    return true;
}

bool cn_store_move_in(cn_store *s, const cn_move_source *from, cn_err *err) {
    cn_move_source source = *from;
    return cn_store_change(s, take_all, &source, err);
}
