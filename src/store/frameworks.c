/* SPDX-License-Identifier: Apache-2.0
 *
 * Competency frameworks coming in: what an import tells is held against what is there, and the difference is
 * written, in parts. Items first, then those that are gone, then relations, then the counts.
 */
#include "store/frameworks_inside.h"
#include "store/people_inside.h"

enum { ITEMS_A_PART = 2000, RELATIONS_A_PART = 10000 };

/* A relation by the numbers of its items. */
typedef struct edge {
    int64_t source, target;
    int64_t how, list;
} edge;

typedef struct putting {
    const cn_framework_said *said;
    cn_time now;
    cn_arena *arena;
    cn_framework framework;
    cn_framework_counts counts;
    int64_t *numbers; /* of the import's items; 0: not kept */
    size_t done;      /* items, then relations */
    int64_t *listed;  /* numbers of items that a list has, sorted … */
    size_t listed_n, listed_at;
    int64_t after; /* … and how far those in the database were held against them */
    edge *edges;   /* sorted, each once */
    size_t edges_n;
} putting;

static void tell(const putting *p, size_t done) {
    const cn_framework_said *s = p->said;
    if (s->progress) s->progress(s->self, done, s->items_n + s->relations_n);
}

/* ---- The framework ---- */

static bool insert_framework(cn_db *db, putting *p, cn_err *err) {
    const cn_framework *f = p->said->framework;
    cn_value values[3 + CN_FRAMEWORK_TEXTS] = {CN_TEXT_VALUE(f->id), CN_TEXT_VALUE(f->kind)};
    for (size_t i = 0; i < CN_FRAMEWORK_TEXTS; i++) values[2 + i] = CN_TEXT_VALUE(f->text[i]);
    values[2 + CN_FRAMEWORK_TEXTS] = CN_INT_VALUE(p->now.sec);
    p->framework = *f;
    return cn_db_one(NULL, db, &cn_sql_framework_put, values, cn_row_int, &p->framework.number, err);
}

static bool open_framework(cn_db *db, void *self, cn_err *err) {
    putting *p = self;
    const cn_value id[] = {CN_TEXT_VALUE(p->said->framework->id)};
    cn_err none = {0};
    if (cn_db_one(p->arena, db, &cn_sql_framework_get, id, cn_framework_read, &p->framework, &none)) {
        if (cn_slice_eq(p->framework.kind, p->said->framework->kind)) return true;
        return cn_fail(err, CN_CONFLICT, "framework.kind", "the framework %.*s was imported as %.*s before.",
                       CN_ARG(p->framework.id), CN_ARG(p->framework.kind));
    }
    if (none.code != CN_NOT_FOUND) return *err = none, false;
    return insert_framework(db, p, err);
}

/* ---- Items ---- */

static bool same_words(const cn_item *x, const cn_item *y) {
    static const cn_item_text words[] = {CN_ITEM_LABEL, CN_ITEM_LABEL_FR, CN_ITEM_ALTERNATIVES,
                                         CN_ITEM_ALTERNATIVES_FR, CN_ITEM_CODE};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!cn_slice_eq(x->text[words[i]], y->text[words[i]])) return false;
    return x->quality == y->quality;
}

static bool same_item(const cn_item *x, const cn_item *y) {
    for (size_t i = 0; i < CN_ITEM_TEXTS; i++)
        if (!cn_slice_eq(x->text[i], y->text[i])) return false;
    return x->quality == y->quality && x->list == y->list && x->withdrawn_at.sec == y->withdrawn_at.sec;
}

static bool is_found(const cn_item *i) {
    return !i->withdrawn_at.sec && (i->text[CN_ITEM_LABEL].n || i->text[CN_ITEM_LABEL_FR].n);
}

static bool drop_words(cn_db *db, const cn_item *item, cn_err *err) {
    const cn_value row[] = {CN_INT_VALUE(cn_item_words_row(item))};
    return cn_db_run(db, &cn_sql_item_words_delete, row, NULL, err);
}

static bool put_words(cn_arena *a, cn_db *db, const cn_item *item, cn_err *err) {
    static const cn_item_text texts[] = {CN_ITEM_LABEL, CN_ITEM_LABEL_FR, CN_ITEM_ALTERNATIVES,
                                         CN_ITEM_ALTERNATIVES_FR, CN_ITEM_CODE};
    cn_value values[7] = {CN_INT_VALUE(cn_item_words_row(item))};
    cn_slice text;
    for (size_t i = 0; i < 5; i++) {
        if (!cn_item_words(a, item->text[texts[i]], &text, err)) return false;
        values[1 + i] = CN_TEXT_VALUE(text);
    }
    if (!cn_arena_print(a, &text, "f%lld", (long long)item->framework)) return cn_fail_memory(err);
    values[6] = CN_TEXT_VALUE(text);
    return cn_db_run(db, &cn_sql_item_words_put, values, NULL, err);
}

static bool index_item(cn_arena *a, cn_db *db, const cn_item *old, const cn_item *new, cn_err *err) {
    bool was = old && is_found(old), is = is_found(new), same = was && is && same_words(old, new);
    if (was && !same && !drop_words(db, old, err)) return false;
    return !is || same || put_words(a, db, new, err);
}

/* From $2 on. */
static void item_values(cn_value *values, const cn_item *i) {
    for (size_t k = 0; k < CN_ITEM_TEXTS; k++) values[k] = CN_TEXT_VALUE(i->text[k]);
    values[CN_ITEM_TEXTS] = CN_INT_VALUE(i->list);
    values[CN_ITEM_TEXTS + 1] = CN_INT_VALUE(i->quality);
}

static bool add_item(cn_arena *a, cn_db *db, putting *p, const cn_item_said *said, int64_t *number, cn_err *err) {
    cn_item item = said->item;
    item.framework = p->framework.number;
    item.withdrawn_at = (cn_time){0};
    cn_value values[4 + CN_ITEM_TEXTS] = {CN_INT_VALUE(item.framework), CN_TEXT_VALUE(item.uri)};
    item_values(values + 2, &item);
    if (!cn_db_one(NULL, db, &cn_sql_item_put, values, cn_row_int, &item.number, err)) return false;
    *number = item.number;
    p->counts.added++;
    p->counts.nameless += !is_found(&item);
    return index_item(a, db, NULL, &item, err);
}

/* What is not said stays; an item that a list has is not withdrawn. */
static cn_item joined(const cn_item *old, const cn_item_said *said) {
    cn_item new = *old;
    for (size_t i = 0; i < CN_ITEM_TEXTS; i++)
        if (said->says >> i & 1) new.text[i] = said->item.text[i];
    if (said->item.list) {
        new.list = said->item.list;
        new.withdrawn_at = (cn_time){0};
    }
    if (said->ranked) new.quality = said->item.quality;
    return new;
}

static bool change_item(cn_arena *a, cn_db *db, putting *p, const cn_item *old, const cn_item *new, cn_err *err) {
    cn_value values[4 + CN_ITEM_TEXTS] = {CN_INT_VALUE(new->number)};
    item_values(values + 1, new);
    values[3 + CN_ITEM_TEXTS] = CN_NUMBER_VALUE(new->withdrawn_at.sec);
    p->counts.changed++;
    return cn_db_run(db, &cn_sql_item_set, values, NULL, err) && index_item(a, db, old, new, err);
}

static bool put_item(cn_arena *a, cn_db *db, putting *p, size_t i, cn_err *err) {
    cn_item_said said = p->said->item(p->said->self, i);
    const cn_value key[] = {CN_INT_VALUE(p->framework.number), CN_TEXT_VALUE(said.item.uri)};
    cn_item old;
    cn_err none = {0};
    if (!cn_db_one(a, db, &cn_sql_item_in, key, cn_item_read, &old, &none)) {
        if (none.code != CN_NOT_FOUND) return *err = none, false;
        if (said.item.list || said.named) return add_item(a, db, p, &said, &p->numbers[i], err);
        p->counts.unmatched++;
        return true;
    }
    p->numbers[i] = old.number;
    cn_item new = joined(&old, &said);
    if (!same_item(&old, &new)) return change_item(a, db, p, &old, &new, err);
    p->counts.unchanged++;
    return true;
}

static bool put_items(cn_db *db, void *self, cn_err *err) {
    putting *p = self;
    size_t end = p->done + ITEMS_A_PART < p->said->items_n ? p->done + ITEMS_A_PART : p->said->items_n;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_arena_mark mark = cn_arena_get_mark(a);
    for (; p->done < end; p->done++) {
        if (!put_item(a, db, p, p->done, err)) return false;
        cn_arena_reset(a, mark);
    }
    tell(p, p->done);
    return true;
}

/* ---- Those that are gone ---- */

static int by_number(const void *x, const void *y) {
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static bool sort_listed(putting *p, cn_err *err) {
    p->listed = CN_NEW_ARRAY(p->arena, int64_t, p->said->items_n);
    if (!p->listed) return cn_fail_memory(err);
    for (size_t i = 0; i < p->said->items_n; i++)
        if (p->said->item(p->said->self, i).item.list) p->listed[p->listed_n++] = p->numbers[i];
    qsort(p->listed, p->listed_n, sizeof *p->listed, by_number);
    return true;
}

static bool read_listed(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    (void)a, (void)err;
    cn_item *item = out;
    item->number = cn_rows_int(rows, 0);
    item->quality = cn_rows_int(rows, 1);
    return true;
}

static bool withdraw(cn_db *db, putting *p, const cn_item *item, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(item->number), CN_INT_VALUE(p->now.sec)};
    p->counts.withdrawn++;
    return drop_words(db, item, err) && cn_db_run(db, &cn_sql_item_withdraw, values, NULL, err);
}

static bool withdraw_some(cn_db *db, void *self, cn_err *err) {
    putting *p = self;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_value values[] = {CN_INT_VALUE(p->framework.number), CN_INT_VALUE(p->after),
                               CN_INT_VALUE(p->said->item_lists), CN_INT_VALUE(ITEMS_A_PART)};
    void *found;
    size_t n;
    if (!cn_db_all(a, db, &cn_sql_items_listed, values, read_listed, sizeof(cn_item), &found, &n, err))
        return false;
    for (const cn_item *i = found, *end = i + n; i < end; i++) {
        while (p->listed_at < p->listed_n && p->listed[p->listed_at] < i->number) p->listed_at++;
        bool listed = p->listed_at < p->listed_n && p->listed[p->listed_at] == i->number;
        if (!listed && !withdraw(db, p, i, err)) return false;
        p->after = i->number;
    }
    if (n < ITEMS_A_PART) p->after = INT64_MAX;
    return true;
}

/* ---- Relations ---- */

static int by_place(const void *x, const void *y) {
    const edge *a = x, *b = y;
    if (a->source != b->source) return a->source < b->source ? -1 : 1;
    if (a->how != b->how) return a->how < b->how ? -1 : 1;
    return (a->target > b->target) - (a->target < b->target);
}

/* The same may stand in two files, or be told from both its ends. */
static bool sort_edges(putting *p, cn_err *err) {
    const cn_framework_said *s = p->said;
    p->edges = CN_NEW_ARRAY(p->arena, edge, s->relations_n);
    if (!p->edges) return cn_fail_memory(err);
    for (size_t i = 0; i < s->relations_n; i++) {
        cn_item_relation r = s->relation(s->self, i);
        p->edges[i] = (edge){p->numbers[r.from], p->numbers[r.to], r.how, r.list};
    }
    qsort(p->edges, s->relations_n, sizeof *p->edges, by_place);
    for (size_t i = 0; i < s->relations_n; i++)
        if (!p->edges_n || by_place(&p->edges[p->edges_n - 1], &p->edges[i])) p->edges[p->edges_n++] = p->edges[i];
    p->done = 0;
    return true;
}

static bool read_edge(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    (void)a, (void)err;
    *(edge *)out = (edge){.source = cn_rows_int(rows, 0),
                          .how = cn_rows_int(rows, 1),
                          .target = cn_rows_int(rows, 2),
                          .list = cn_rows_int(rows, 3)};
    return true;
}

static bool add_edge(cn_db *db, putting *p, const edge *e, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(e->source), CN_INT_VALUE(e->how), CN_INT_VALUE(e->target),
                               CN_INT_VALUE(p->framework.number), CN_INT_VALUE(e->list)};
    p->counts.relations_added++;
    return cn_db_run(db, &cn_sql_relation_put, values, NULL, err);
}

static bool remove_edge(cn_db *db, putting *p, const edge *e, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(e->source), CN_INT_VALUE(e->how), CN_INT_VALUE(e->target)};
    if (!(e->list & p->said->relation_lists)) return true;
    p->counts.relations_removed++;
    return cn_db_run(db, &cn_sql_relation_delete, values, NULL, err);
}

/* Both sorted: those of the import, and those that are there. */
static bool merge_edges(cn_db *db, putting *p, const edge *new, const edge *new_end, const edge *old,
                        const edge *old_end, cn_err *err) {
    while (new < new_end || old < old_end) {
        int order = new == new_end ? 1 : old == old_end ? -1 : by_place(new, old);
        if (order < 0 && !add_edge(db, p, new, err)) return false;
        if (order > 0 && !remove_edge(db, p, old, err)) return false;
        p->counts.relations_unchanged += order == 0;
        new += order <= 0;
        old += order >= 0;
    }
    return true;
}

/* Those of some items: a part ends where its last item's do. */
static bool put_edges(cn_db *db, void *self, cn_err *err) {
    putting *p = self;
    size_t from = p->done, to = from + RELATIONS_A_PART;
    if (to >= p->edges_n) to = p->edges_n;
    else
        while (to < p->edges_n && p->edges[to].source == p->edges[to - 1].source) to++;
    int64_t until = to == p->edges_n ? INT64_MAX : p->edges[to - 1].source;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_value values[] = {CN_INT_VALUE(p->after), CN_INT_VALUE(until), CN_INT_VALUE(p->framework.number)};
    void *old;
    size_t n;
    if (!cn_db_all(a, db, &cn_sql_relations_between, values, read_edge, sizeof(edge), &old, &n, err) ||
        !merge_edges(db, p, p->edges + from, p->edges + to, old, (const edge *)old + n, err))
        return false;
    p->done = to;
    p->after = until;
    tell(p, p->said->items_n + to);
    return true;
}

/* ---- The end ---- */

static bool read_counts(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    (void)a, (void)err;
    cn_framework *f = out;
    f->items = cn_rows_int(rows, 0);
    f->withdrawn = cn_rows_int(rows, 1);
    f->english = cn_rows_int(rows, 2);
    f->french = cn_rows_int(rows, 3);
    return true;
}

static bool same_framework(const cn_framework *x, const cn_framework *y) {
    for (size_t i = 0; i < CN_FRAMEWORK_TEXTS; i++)
        if (!cn_slice_eq(x->text[i], y->text[i])) return false;
    return x->items == y->items && x->withdrawn == y->withdrawn && x->english == y->english &&
           x->french == y->french;
}

/* The framework by its id, and how many rows; no name. */
static bool note(cn_db *db, const putting *p, cn_err *err) {
    const cn_framework_counts *c = &p->counts;
    cn_audit why = {.action = CN_S("framework.imported")};
    if (!cn_arena_print(p->arena, &why.subject, "%.*s items +%zu ~%zu -%zu relations +%zu -%zu",
                        CN_ARG(p->said->framework->id), c->added, c->changed, c->withdrawn, c->relations_added,
                        c->relations_removed))
        return cn_fail_memory(err);
    return cn_audit_insert(db, &why, p->now, err);
}

static bool close_framework(cn_db *db, void *self, cn_err *err) {
    putting *p = self;
    const cn_framework_counts *c = &p->counts;
    cn_framework new = p->framework;
    const cn_value number[] = {CN_INT_VALUE(new.number)};
    for (size_t i = 0; i < CN_FRAMEWORK_TEXTS; i++)
        if (p->said->framework->text[i].n) new.text[i] = p->said->framework->text[i];
    if (!cn_db_one(NULL, db, &cn_sql_framework_count, number, read_counts, &new, err)) return false;
    bool changed = c->added + c->changed + c->withdrawn + c->relations_added + c->relations_removed > 0;
    if (!changed && same_framework(&p->framework, &new)) return true;
    cn_value values[6 + CN_FRAMEWORK_TEXTS] = {CN_INT_VALUE(new.number)};
    for (size_t i = 0; i < CN_FRAMEWORK_TEXTS; i++) values[1 + i] = CN_TEXT_VALUE(new.text[i]);
    const int64_t rest[] = {p->now.sec, new.items, new.withdrawn, new.english, new.french};
    for (size_t i = 0; i < 5; i++) values[1 + CN_FRAMEWORK_TEXTS + i] = CN_INT_VALUE(rest[i]);
    return cn_db_run(db, &cn_sql_framework_set, values, NULL, err) && note(db, p, err);
}

/* ---- All of it ---- */

static bool items_part(cn_store *within, void *self, bool *more, cn_err *err) {
    const putting *p = self;
    if (!cn_store_change(within, put_items, self, err)) return false;
    *more = p->done < p->said->items_n;
    return true;
}

static bool withdraw_part(cn_store *within, void *self, bool *more, cn_err *err) {
    const putting *p = self;
    if (!cn_store_change(within, withdraw_some, self, err)) return false;
    *more = p->after < INT64_MAX;
    return true;
}

static bool edges_part(cn_store *within, void *self, bool *more, cn_err *err) {
    const putting *p = self;
    if (!cn_store_change(within, put_edges, self, err)) return false;
    *more = p->after < INT64_MAX;
    return true;
}

static bool put_all(cn_store *s, putting *p, cn_err *err) {
    if (!cn_store_change(s, open_framework, p, err) || !cn_store_in_parts(s, items_part, p, err)) return false;
    if (p->said->item_lists && (!sort_listed(p, err) || !cn_store_in_parts(s, withdraw_part, p, err)))
        return false;
    p->after = 0;
    if (p->said->relation_lists && (!sort_edges(p, err) || !cn_store_in_parts(s, edges_part, p, err)))
        return false;
    return cn_store_change(s, close_framework, p, err);
}

bool cn_store_framework_put(cn_store *s, const cn_framework_said *said, cn_time now, cn_framework_counts *out,
                            cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    putting p = {.said = said, .now = now, .arena = a};
    p.numbers = CN_NEW_ARRAY(a, int64_t, said->items_n);
    if (!p.numbers) return cn_fail_memory(err);
    if (!put_all(s, &p, err)) return false;
    *out = p.counts;
    return true;
}
