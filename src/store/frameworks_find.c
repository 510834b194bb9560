/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking at competency frameworks: by what somebody types, by URI, and from item to item.
 *
 * SQLite's own order of relevance would weigh every hit, tens of thousands for a word such as "manage". The index
 * holds items in order of quality instead, and four questions are asked of it, from the closest to the widest,
 * until there is enough to show.
 */
#include "store/frameworks_inside.h"

enum { TOKENS_MAX = 12, TEXT_MAX = 300, FOUND_MAX = 200, MATCH_MAX = 8192 };

/* ---- Rows ---- */

bool cn_framework_read(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_framework *f = out;
    f->number = cn_rows_int(rows, 0);
    if (!cn_rows_bytes(a, rows, 1, &f->id, err) || !cn_rows_bytes(a, rows, 2, &f->kind, err)) return false;
    for (int i = 0; i < CN_FRAMEWORK_TEXTS; i++)
        if (!cn_rows_bytes(a, rows, 3 + i, &f->text[i], err)) return false;
    const int at = 3 + CN_FRAMEWORK_TEXTS;
    f->changed_at = (cn_time){cn_rows_int(rows, at), 0};
    f->items = cn_rows_int(rows, at + 1);
    f->withdrawn = cn_rows_int(rows, at + 2);
    f->english = cn_rows_int(rows, at + 3);
    f->french = cn_rows_int(rows, at + 4);
    return true;
}

bool cn_item_read(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_item *item = out;
    item->number = cn_rows_int(rows, 0);
    item->framework = cn_rows_int(rows, 1);
    if (!cn_rows_bytes(a, rows, 2, &item->uri, err)) return false;
    for (int i = 0; i < CN_ITEM_TEXTS; i++)
        if (!cn_rows_bytes(a, rows, 3 + i, &item->text[i], err)) return false;
    const int at = 3 + CN_ITEM_TEXTS;
    item->list = cn_rows_int(rows, at);
    item->quality = cn_rows_int(rows, at + 1);
    item->withdrawn_at = (cn_time){cn_rows_int(rows, at + 2), 0};
    return true;
}

bool cn_store_framework(cn_arena *a, cn_store *s, cn_slice id, cn_framework *out, cn_err *err) {
    const cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_framework_get, values, cn_framework_read, out, err);
}

bool cn_store_frameworks(cn_arena *a, cn_store *s, cn_framework **out, size_t *n, cn_err *err) {
    return cn_store_all(a, s, &cn_sql_frameworks_all, NULL, cn_framework_read, sizeof(cn_framework), (void **)out,
                        n, err);
}

bool cn_store_item(cn_arena *a, cn_store *s, int64_t number, cn_item *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(number)};
    return cn_store_one(a, s, &cn_sql_item_get, values, cn_item_read, out, err);
}

bool cn_store_item_by_uri(cn_arena *a, cn_store *s, cn_slice uri, cn_item *out, cn_err *err) {
    const cn_value values[] = {CN_TEXT_VALUE(uri)};
    return cn_store_one(a, s, &cn_sql_item_by_uri, values, cn_item_read, out, err);
}

/* ---- Words ---- */

/* U+0152, U+0153, U+00C6, U+00E6: two bytes become two. */
static const struct {
    cn_slice ligature, letters;
} ligatures[] = {
    {CN_S_INIT("\xc5\x92"), CN_S_INIT("OE")},
    {CN_S_INIT("\xc5\x93"), CN_S_INIT("oe")},
    {CN_S_INIT("\xc3\x86"), CN_S_INIT("AE")},
    {CN_S_INIT("\xc3\xa6"), CN_S_INIT("ae")},
};

static const char *letters_at(cn_slice text, size_t i) {
    for (size_t k = 0; k < sizeof ligatures / sizeof *ligatures; k++)
        if (cn_slice_starts(cn_slice_from(text, i), ligatures[k].ligature)) return ligatures[k].letters.p;
    return NULL;
}

bool cn_item_words(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    char *copy = cn_arena_alloc(a, text.n);
    if (!copy) return cn_fail_memory(err);
    for (size_t i = 0; i < text.n; i++) {
        const char *letters = text.p[i] < 0 ? letters_at(text, i) : NULL;
        copy[i] = letters ? letters[0] : text.p[i];
        if (letters) copy[++i] = letters[1];
    }
    *out = cn_slice_bytes(copy, text.n);
    return true;
}

/* What the tokenizer takes for a part of a word, as far as it matters: whatever it cuts further stays one phrase.
 */
static bool is_letter(uint32_t cp) {
    if (cp < 0x80) return (cp >= '0' && cp <= '9') || ((cp | 32) >= 'a' && (cp | 32) <= 'z');
    return cp >= 0xc0 && !(cp >= 0x2000 && cp < 0x2070) && !(cp >= 0x3000 && cp < 0x3040);
}

static size_t cut_words(cn_slice text, cn_slice tokens[TOKENS_MAX]) {
    size_t n = 0, from = 0, at = 0;
    while (at <= text.n && n < TOKENS_MAX) {
        size_t here = at;
        bool letter = at < text.n && is_letter(cn_utf8_next(text, &at));
        if (letter) continue;
        if (here > from) tokens[n++] = cn_slice_sub(text, from, here);
        if (here == text.n) break;
        from = at;
    }
    return n;
}

/* ---- Questions ---- */

typedef struct finding {
    cn_arena *arena;
    cn_db *db;
    const cn_item_query *q;
    cn_slice tokens[TOKENS_MAX];
    size_t tokens_n;
    cn_item *items;
    size_t n, max;
} finding;

/* By what a query names: 0, 'e', 'f'. */
static const char *labels_of(const finding *f) {
    return f->q->language == 'e' ? "label" : f->q->language == 'f' ? "label_fr" : "label label_fr";
}
static const char *all_of(const finding *f) {
    return f->q->language == 'e'   ? "label alternatives code"
           : f->q->language == 'f' ? "label_fr alternatives_fr code"
                                   : "label label_fr alternatives alternatives_fr code";
}

static void put_phrase(cn_buf *b, const finding *f, bool open) {
    cn_buf_add(b, CN_S("^ \""));
    for (size_t i = 0; i < f->tokens_n; i++) cn_buf_print(b, "%s%.*s", i ? " " : "", CN_ARG(f->tokens[i]));
    cn_buf_add(b, open ? CN_S("\" *") : CN_S("\""));
}

static void put_each(cn_buf *b, const finding *f) {
    cn_buf_byte(b, '(');
    for (size_t i = 0; i < f->tokens_n; i++)
        cn_buf_print(b, "%s\"%.*s\" *", i ? " AND " : "", CN_ARG(f->tokens[i]));
    cn_buf_byte(b, ')');
}

enum { WHOLE, BEGINNING, WORDS, ANYWHERE, QUESTIONS };

static bool question(const finding *f, int which, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(f->arena, MATCH_MAX);
    if (f->q->framework) cn_buf_print(&b, "framework : \"f%lld\" AND ", (long long)f->q->framework);
    cn_buf_print(&b, "{%s} : ", which == ANYWHERE ? all_of(f) : labels_of(f));
    if (which == WHOLE || which == BEGINNING) put_phrase(&b, f, which == BEGINNING);
    else put_each(&b, f);
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

/* ---- Answers ---- */

static bool is_there(const finding *f, int64_t number) {
    for (size_t i = 0; i < f->n; i++)
        if (f->items[i].number == number) return true;
    return false;
}

static bool ask(finding *f, int which, cn_err *err) {
    cn_slice match;
    void *found;
    size_t n;
    if (!question(f, which, &match, err)) return false;
    /* What the closer questions have found may come first again. */
    const cn_value values[] = {CN_TEXT_VALUE(match), CN_INT_VALUE((int64_t)(f->max + f->n)),
                               CN_TEXT_VALUE(f->q->type), CN_INT_VALUE(f->q->competencies)};
    if (!cn_db_all(f->arena, f->db, &cn_sql_items_find, values, cn_item_read, sizeof(cn_item), &found, &n, err))
        return false;
    for (const cn_item *i = found, *end = i + n; i < end && f->n < f->max; i++)
        if (!is_there(f, i->number)) f->items[f->n++] = *i;
    return true;
}

static size_t shorter_label(const cn_item *i) {
    size_t en = i->text[CN_ITEM_LABEL].n, fr = i->text[CN_ITEM_LABEL_FR].n;
    return !en || (fr && fr < en) ? fr : en;
}

/* Labels that begin with just these words: the whole label before longer ones. Stable. */
static void sort_by_length(cn_item *items, size_t n) {
    for (size_t i = 1; i < n; i++) {
        cn_item one = items[i];
        size_t k = i;
        for (; k && shorter_label(&items[k - 1]) > shorter_label(&one); k--) items[k] = items[k - 1];
        items[k] = one;
    }
}

static bool find(finding *f, cn_err *err) {
    cn_slice plain;
    if (!cn_item_words(f->arena, cn_utf8_prefix(f->q->text, TEXT_MAX), &plain, err)) return false;
    f->tokens_n = cut_words(plain, f->tokens);
    for (int which = WHOLE; f->tokens_n && which < QUESTIONS && f->n < f->max; which++) {
        if (!ask(f, which, err)) return false;
        if (which == WHOLE) sort_by_length(f->items, f->n);
    }
    return true;
}

bool cn_store_items_find(cn_arena *a, cn_store *s, const cn_item_query *q, cn_item **out, size_t *n, bool *more,
                         cn_err *err) {
    assert(q->max && q->max <= FOUND_MAX);
    finding f = {.arena = a, .q = q, .max = q->max + 1};
    f.items = CN_NEW_ARRAY(a, cn_item, f.max);
    if (!f.items) return cn_fail_memory(err);
    if (cn_utf8_invalid(q->text) != SIZE_MAX || cn_slice_find_byte(q->text, 0) != SIZE_MAX)
        return *out = f.items, *n = 0, *more = false, true;
    if (!cn_store_take(s, &f.db, err)) return false;
    bool good = find(&f, err);
    cn_store_give(s, f.db);
    if (!good) return false;
    *more = f.n > q->max;
    *n = *more ? q->max : f.n;
    *out = f.items;
    return true;
}

/* ---- From item to item ---- */

static bool read_beside(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_item_beside *b = out;
    const int at = 3 + CN_ITEM_TEXTS + 3;
    b->how = (cn_item_how)cn_rows_int(rows, at);
    b->back = cn_rows_int(rows, at + 1) != 0;
    return cn_item_read(a, rows, &b->item, err);
}

typedef struct around {
    cn_arena *arena;
    cn_item_beside *items;
    size_t n, cap;
} around;

static bool add_beside(around *r, cn_store *s, const cn_sql *sql, const cn_value *values, cn_err *err) {
    void *found;
    size_t n;
    if (!cn_store_all(r->arena, s, sql, values, read_beside, sizeof(cn_item_beside), &found, &n, err))
        return false;
    cn_item_beside *grown = cn_arena_grow(r->arena, r->items, r->n, &r->cap, r->n + n, sizeof *grown);
    if (!grown) return cn_fail_memory(err);
    r->items = grown;
    if (n) memcpy(grown + r->n, found, n * sizeof *grown);
    r->n += n;
    return true;
}

bool cn_store_items_beside(cn_arena *a, cn_store *s, int64_t number, size_t max, cn_item_beside **out, size_t *n,
                           cn_err *err) {
    around r = {.arena = a};
    for (int64_t how = 1; how < CN_ITEM_HOWS; how++) {
        const cn_value values[] = {CN_INT_VALUE(number), CN_INT_VALUE(how), CN_INT_VALUE((int64_t)max)};
        if (!add_beside(&r, s, &cn_sql_items_to, values, err) ||
            !add_beside(&r, s, &cn_sql_items_from, values, err))
            return false;
    }
    *out = r.items;
    *n = r.n;
    return true;
}
