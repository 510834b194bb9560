/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit's chain: links are added, and taken out by retention.
 *
 * A link's hash is SHA-256 of netstrings ("3:abc,"): the words "cairn audit 1", the hash of the link before (32
 * zeros for the first), and of the row its number, time, organisation (0: none), who, action and subject. Who is
 * SHA-256 of a salt and the person's id, or empty. A row that tells of a step of a review begins with "cairn audit
 * 2", and ends with SHA-256 of what the step says. A transaction that writes has the database to itself, so no two
 * links have the same one before.
 */
#include <sys/random.h>

#include "store/chain_inside.h"

enum { SALT = 16 };

/* ---- What is hashed ---- */

static void add_netstring(cn_buf *b, cn_slice s) {
    cn_buf_u64(b, s.n);
    cn_buf_byte(b, ':');
    cn_buf_add(b, s);
    cn_buf_byte(b, ',');
}

static void add_number(cn_buf *b, int64_t number) {
    char text[32];
    int n = snprintf(text, sizeof text, "%lld", (long long)number);
    add_netstring(b, cn_slice_bytes(text, (size_t)n));
}

/* What is too long to be ours has no hash that was ever written. */
static void hash_of(const cn_crypto *crypto, const cn_buf *b, uint8_t out[CN_CHAIN_HASH]) {
    memset(out, 0, CN_CHAIN_HASH);
    if (!cn_buf_ok(b)) return;
    cn_digest d = cn_hash_of(crypto, CN_SHA256, cn_buf_slice(b));
    memcpy(out, d.bytes, CN_CHAIN_HASH);
}

void cn_chain_hash(const cn_crypto *crypto, const uint8_t before[CN_CHAIN_HASH], const cn_chain_row *row,
                   cn_buf *b, uint8_t out[CN_CHAIN_HASH]) {
    cn_buf_clear(b);
    add_netstring(b, row->step.n ? CN_S("cairn audit 2") : CN_S("cairn audit 1"));
    add_netstring(b, cn_slice_bytes(before, CN_CHAIN_HASH));
    add_number(b, row->number);
    add_number(b, row->at);
    add_number(b, row->organisation);
    add_netstring(b, row->who);
    add_netstring(b, row->action);
    add_netstring(b, row->subject);
    if (row->step.n) add_netstring(b, row->step);
    hash_of(crypto, b, out);
}

/* Its columns one after another, those of chain_step.sql, as netstrings. */
static bool read_said(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    enum { DIGEST = 2, DOCUMENT = 3, REASON = 5, COLUMNS = 9 };
    cn_buf *b = out;
    for (int i = 0; i < COLUMNS; i++) {
        cn_slice text;
        bool words = i == DIGEST || i == DOCUMENT || i == REASON;
        if (words && !cn_rows_bytes(a, rows, i, &text, err)) return false;
        if (words) add_netstring(b, text);
        else add_number(b, cn_rows_int(rows, i));
    }
    return true;
}

bool cn_chain_step(cn_arena *a, cn_db *db, int64_t number, cn_buf *b, uint8_t out[CN_CHAIN_HASH], bool *there,
                   cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(number)};
    cn_buf_clear(b);
    memset(out, 0, CN_CHAIN_HASH);
    *there = cn_db_one(a, db, &cn_sql_chain_step, values, read_said, b, err);
    if (*there) hash_of(cn_db_crypto(db), b, out);
    return *there || err->code == CN_NOT_FOUND;
}

void cn_chain_who(const cn_crypto *crypto, cn_slice salt, cn_slice actor, cn_buf *b, uint8_t out[CN_CHAIN_HASH]) {
    cn_buf_clear(b);
    cn_buf_add(b, salt);
    cn_buf_add(b, actor);
    hash_of(crypto, b, out);
}

/* ---- Links ---- */

bool cn_chain_read_head(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_chain_head *head = out;
    cn_slice hash;
    if (!cn_rows_bytes(a, rows, 1, &hash, err)) return false;
    head->number = cn_rows_int(rows, 0);
    memset(head->hash, 0, sizeof head->hash);
    memcpy(head->hash, hash.p, hash.n < sizeof head->hash ? hash.n : sizeof head->hash);
    return true;
}

/* All zeros where there is none yet. */
static bool head_of(cn_arena *a, cn_db *db, cn_chain_head *out, cn_err *err) {
    *out = (cn_chain_head){0};
    return cn_db_one(a, db, &cn_sql_chain_head, NULL, cn_chain_read_head, out, err) || err->code == CN_NOT_FOUND;
}

typedef struct linked {
    cn_chain_row row;
    cn_slice actor;
    uint8_t step[CN_CHAIN_HASH];
} linked;

static bool read_row(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    linked *l = out;
    l->row.number = cn_rows_int(rows, 0);
    l->row.at = cn_rows_int(rows, 1);
    l->row.organisation = cn_rows_int(rows, 2);
    return cn_rows_bytes(a, rows, 3, &l->row.action, err) && cn_rows_bytes(a, rows, 4, &l->row.subject, err) &&
           cn_rows_bytes(a, rows, 5, &l->actor, err);
}

/* Rows from before the chain tell of no steps; the tables then had no column for them. */
static bool find_step(cn_arena *a, cn_db *db, linked *l, bool old, cn_err *err) {
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    bool there = false;
    if (!old && !cn_chain_step(a, db, l->row.number, &b, l->step, &there, err)) return false;
    l->row.step = cn_slice_bytes(l->step, there ? sizeof l->step : 0);
    return true;
}

static bool put_link(cn_db *db, linked *l, const cn_chain_head *before, cn_err *err) {
    uint8_t salt[SALT], who[CN_CHAIN_HASH], hash[CN_CHAIN_HASH];
    cn_slice salted = cn_slice_bytes(salt, l->actor.n ? SALT : 0);
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    if (l->actor.n) {
        if (getrandom(salt, SALT, 0) != SALT)
            return cn_fail(err, CN_INTERNAL, "store.random", "the system gives no random bytes.");
        cn_chain_who(cn_db_crypto(db), salted, l->actor, &b, who);
        l->row.who = cn_slice_bytes(who, sizeof who);
    }
    cn_chain_hash(cn_db_crypto(db), before->hash, &l->row, &b, hash);
    const cn_value row[] = {CN_INT_VALUE(l->row.number), CN_INT_VALUE(l->row.organisation),
                            CN_TEXT_VALUE(l->actor),     CN_BYTES_VALUE(salted),
                            CN_BYTES_VALUE(l->row.who),  CN_BYTES_VALUE(cn_slice_bytes(hash, sizeof hash))};
    return cn_db_run(db, &cn_sql_chain_put, row, NULL, err);
}

static bool link_on(cn_arena *a, cn_db *db, int64_t number, bool old, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(number)};
    cn_chain_head before;
    linked l = {0};
    return head_of(a, db, &before, err) && cn_db_one(a, db, &cn_sql_chain_row, values, read_row, &l, err) &&
           find_step(a, db, &l, old, err) && put_link(db, &l, &before, err);
}

bool cn_chain_link(cn_db *db, int64_t number, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    return link_on(a, db, number, false, err);
}

bool cn_chain_begin(cn_db *db, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_arena_mark mark = cn_arena_get_mark(a);
    for (int64_t number = 0;;) {
        const cn_value values[] = {CN_INT_VALUE(number)};
        if (!cn_db_one(a, db, &cn_sql_chain_next, values, cn_row_int, &number, err)) return false;
        if (!number) return true;
        if (!link_on(a, db, number, true, err)) return false;
        cn_arena_reset(a, mark);
    }
}

bool cn_chain_forget(cn_db *db, int64_t person, int64_t *rows, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(person), CN_BYTES_VALUE(CN_S(""))};
    return cn_db_run(db, &cn_sql_chain_forget, values, rows, err);
}

bool cn_store_chain_head(cn_store *s, cn_chain_head *out, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = head_of(a, db, out, err);
    cn_store_give(s, db);
    return good;
}

/* ---- Retention ---- */

typedef struct pruning {
    cn_arena *a;
    cn_time before, now;
    int64_t gone;
} pruning;

/* The row that says so comes first: without it the database deletes none. */
static bool prune(cn_db *db, void *self, cn_err *err) {
    pruning *p = self;
    const cn_value time[] = {CN_INT_VALUE(p->before.sec)};
    int64_t last;
    cn_chain_head end;
    if (!cn_db_one(p->a, db, &cn_sql_chain_old, time, cn_row_int, &last, err)) return false;
    if (!last) return true;
    const cn_value upto[] = {CN_INT_VALUE(last)};
    if (!cn_db_one(p->a, db, &cn_sql_chain_hash, upto, cn_chain_read_head, &end, err)) return false;
    cn_buf says = cn_buf_on(p->a, 0);
    cn_buf_print(&says, "%lld:", (long long)last);
    cn_hex_write(&says, cn_slice_bytes(end.hash, sizeof end.hash));
    if (!cn_buf_ok(&says)) return cn_fail_memory(err);
    cn_audit why = {.action = CN_S("audit.pruned"), .subject = cn_buf_slice(&says)};
    return cn_audit_insert(db, &why, p->now, err) && cn_db_run(db, &cn_sql_chain_prune, upto, &p->gone, err) &&
           cn_db_run(db, &cn_sql_chain_prune_links, upto, NULL, err);
}

bool cn_store_chain_prune(cn_store *s, cn_time before, cn_time now, int64_t *gone, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    pruning p = {.a = a, .before = before, .now = now};
    if (!cn_store_change(s, prune, &p, err)) return false;
    *gone = p.gone;
    return true;
}
