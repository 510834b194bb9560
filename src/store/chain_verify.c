/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit's chain is gone through from its beginning, or over its last links: what was removed, altered, put in.
 *
 * A link that is there is taken as the one before the next, whatever is wrong with its own row: so each row is
 * judged by itself, and what was done to one is not told of all that follow.
 */
#include "store/chain_inside.h"

typedef struct walk {
    cn_db *db;
    cn_arena *a; /* for a row */
    cn_buf *b;   /* for what is hashed */
    cn_chain_head before;
    cn_time before_at;
    bool anchored;  /* what stands before is known */
    int64_t forgot; /* rows of persons whose accounts are gone */
    cn_chain_report *out;
} walk;

/* A link and the row it is of, as chain_rows.sql names their columns. */
typedef struct step {
    cn_chain_head link;
    int64_t organisation; /* of the link, as are actor, salt and who */
    cn_slice actor, salt, who;
    int64_t number, at, row_organisation, person; /* number: 0, the row is gone */
    cn_slice action, subject, person_id;
    bool organisation_there, tells; /* tells: of a step of a review */
} step;

static bool read_step(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    enum {
        ORGANISATION = 1,
        ACTOR,
        SALT,
        WHO,
        HASH,
        NUMBER,
        AT,
        ACTION,
        SUBJECT,
        OF,
        PERSON,
        PERSON_ID,
        THERE,
        STEP
    };
    step *s = out;
    cn_slice hash;
    *s = (step){.organisation = cn_rows_int(rows, ORGANISATION),
                .number = cn_rows_int(rows, NUMBER),
                .at = cn_rows_int(rows, AT),
                .row_organisation = cn_rows_int(rows, OF),
                .person = cn_rows_int(rows, PERSON),
                .organisation_there = cn_rows_int(rows, THERE) != 0,
                .tells = cn_rows_int(rows, STEP) != 0};
    const struct {
        int column;
        cn_slice *to;
    } texts[] = {
        {ACTOR, &s->actor},     {SALT, &s->salt},          {WHO, &s->who}, {HASH, &hash}, {ACTION, &s->action},
        {SUBJECT, &s->subject}, {PERSON_ID, &s->person_id}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!cn_rows_bytes(a, rows, texts[i].column, texts[i].to, err)) return false;
    s->link.number = cn_rows_int(rows, 0);
    memcpy(s->link.hash, hash.p, hash.n < CN_CHAIN_HASH ? hash.n : CN_CHAIN_HASH);
    return true;
}

static void add_fault(walk *w, cn_chain_fault fault) {
    cn_chain_report *r = w->out;
    bool placed = fault.kind != CN_CHAIN_FORGOT && fault.kind != CN_CHAIN_HEAD && fault.kind != CN_CHAIN_STEP;
    if (!r->faults_n && placed) r->good = w->before.number, r->good_at = w->before_at;
    if (r->faults_n < CN_CHAIN_FAULTS_MAX) r->faults[r->faults_n] = fault;
    r->faults_n++;
}

/* ---- One row ---- */

static bool count(walk *w, const cn_sql *sql, const cn_value *values, int64_t *out, cn_err *err) {
    return cn_db_one(w->a, w->db, sql, values, cn_row_int, out, err);
}

/* Who did it: nobody; somebody who is gone; or the person whose id was hashed, be it by another account since. */
static bool is_actor(walk *w, const step *s, bool *good, cn_err *err) {
    uint8_t who[CN_CHAIN_HASH];
    int64_t merged = 0;
    *good = !s->person;
    if (!s->who.n || !s->actor.n) {
        w->forgot += s->who.n != 0;
        return true;
    }
    cn_chain_who(cn_db_crypto(w->db), s->salt, s->actor, w->b, who);
    *good = s->person_id.n && cn_slice_eq(s->who, cn_slice_bytes(who, sizeof who));
    if (!*good || cn_slice_eq(s->actor, s->person_id)) return true;
    const cn_value actor[] = {CN_TEXT_VALUE(s->actor)};
    if (!count(w, &cn_sql_chain_merged, actor, &merged, err)) return false;
    *good = merged > 0;
    return true;
}

static bool is_organisation(const step *s) {
    return s->row_organisation == s->organisation || (!s->row_organisation && !s->organisation_there);
}

static bool is_hash(walk *w, const step *s, bool *good, cn_err *err) {
    uint8_t hash[CN_CHAIN_HASH], said[CN_CHAIN_HASH];
    cn_chain_row row = {s->number, s->at, s->organisation, s->who, s->action, s->subject, {0}};
    bool there = false;
    if (s->tells && !cn_chain_step(w->a, w->db, s->number, w->b, said, &there, err)) return false;
    if (there) row.step = cn_slice_bytes(said, sizeof said);
    cn_chain_hash(cn_db_crypto(w->db), w->before.hash, &row, w->b, hash);
    *good = !memcmp(hash, s->link.hash, sizeof hash);
    return true;
}

/* Numbers are missing: those of them that are in the audit are told of as foreign. */
static bool judge_gap(walk *w, const step *s, cn_err *err) {
    int64_t first = w->before.number + 1, last = s->link.number - 1, there = 0;
    const cn_value ends[] = {CN_INT_VALUE(first), CN_INT_VALUE(last)};
    if (!count(w, &cn_sql_chain_rows_between, ends, &there, err)) return false;
    if (there <= last - first) add_fault(w, (cn_chain_fault){CN_CHAIN_REMOVED, first, last, w->before_at});
    return true;
}

static bool judge(walk *w, const step *s, cn_err *err) {
    bool actor, hashed = true;
    if (w->anchored && !is_hash(w, s, &hashed, err)) return false;
    if (!s->number) {
        add_fault(w, (cn_chain_fault){CN_CHAIN_REMOVED, s->link.number, s->link.number, w->before_at});
        return true;
    }
    if (!is_actor(w, s, &actor, err)) return false;
    if (!hashed && s->link.number > w->before.number + 1) {
        if (!judge_gap(w, s, err)) return false;
        hashed = true; /* the hash is of a link that is not there */
    }
    if (!hashed || !actor || !is_organisation(s))
        add_fault(w, (cn_chain_fault){CN_CHAIN_ALTERED, s->number, s->number, {s->at, 0}});
    return true;
}

static bool walk_links(walk *w, int64_t from, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(from)};
    cn_arena_mark mark = cn_arena_get_mark(w->a);
    cn_rows rows;
    bool row;
    if (!cn_rows_start(w->db, &cn_sql_chain_rows, values, &rows, err)) return false;
    while (cn_rows_next(&rows, &row, err)) {
        step s;
        if (!row) return true;
        if (!read_step(w->a, &rows, &s, err) || !judge(w, &s, err)) return cn_rows_end(&rows), false;
        w->before = s.link;
        if (s.number) w->before_at = (cn_time){s.at, 0};
        w->anchored = true;
        w->out->looked++;
        cn_arena_reset(w->a, mark);
    }
    return false;
}

/* ---- Before and behind ---- */

/* "17:HASH" of a row that tells what retention took out. */
static bool read_pruned(cn_arena *a, cn_slice text, cn_chain_head *out, cn_err *err) {
    cn_slice number, hex, hash;
    uint64_t n;
    if (!cn_slice_cut(text, ':', &number, &hex) || !cn_slice_to_u64(number, INT64_MAX, &n) ||
        !cn_hex_read(a, hex, &hash, err) || hash.n != CN_CHAIN_HASH)
        return false;
    out->number = (int64_t)n;
    memcpy(out->hash, hash.p, CN_CHAIN_HASH);
    return true;
}

static bool read_text(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    return cn_rows_bytes(a, rows, 0, out, err);
}

/* What stands before the first link that is looked at: another link, what retention says, or nothing. */
static bool anchor(walk *w, int64_t from, cn_err *err) {
    const cn_value first[] = {CN_INT_VALUE(from)};
    cn_slice pruned;
    cn_err ignored;
    w->anchored = true;
    if (cn_db_one(w->a, w->db, &cn_sql_chain_before, first, cn_chain_read_head, &w->before, err)) return true;
    if (err->code != CN_NOT_FOUND) return false;
    if (!cn_db_one(w->a, w->db, &cn_sql_chain_pruned, NULL, read_text, &pruned, err))
        return err->code == CN_NOT_FOUND;
    w->anchored = read_pruned(w->a, pruned, &w->before, &ignored);
    w->out->pruned = w->before.number;
    return true;
}

static bool find_foreign(walk *w, int64_t from, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(from)};
    cn_rows rows;
    bool row;
    if (!cn_rows_start(w->db, &cn_sql_chain_unlinked, values, &rows, err)) return false;
    while (cn_rows_next(&rows, &row, err)) {
        if (!row) return true;
        int64_t number = cn_rows_int(&rows, 0);
        add_fault(w, (cn_chain_fault){CN_CHAIN_FOREIGN, number, number, {cn_rows_int(&rows, 1), 0}});
    }
    return false;
}

static bool find_strayed(walk *w, cn_err *err) {
    cn_rows rows;
    bool row;
    if (!cn_rows_start(w->db, &cn_sql_chain_strayed, NULL, &rows, err)) return false;
    while (cn_rows_next(&rows, &row, err)) {
        if (!row) return true;
        int64_t at = cn_rows_int(&rows, 0);
        add_fault(w, (cn_chain_fault){CN_CHAIN_STEP, at, at, {cn_rows_int(&rows, 1), 0}});
    }
    return false;
}

/* Who it was may be gone from as many rows as deleted accounts say; from fewer, where retention took rows out. */
static bool weigh_forgotten(walk *w, cn_err *err) {
    int64_t told = 0;
    if (!count(w, &cn_sql_chain_forgotten, NULL, &told, err)) return false;
    if (w->forgot > told) add_fault(w, (cn_chain_fault){CN_CHAIN_FORGOT, 0, w->forgot - told, {0}});
    return true;
}

/* ---- A head that was noted ---- */

static bool was_pruned(walk *w, const cn_chain_head *noted, cn_err *err) {
    cn_slice *all = NULL;
    void *v = NULL;
    size_t n = 0;
    cn_err ignored;
    if (!cn_db_all(w->a, w->db, &cn_sql_chain_pruned, NULL, read_text, sizeof *all, &v, &n, err)) return false;
    all = v;
    for (size_t i = 0; i < n; i++) {
        cn_chain_head upto;
        if (!read_pruned(w->a, all[i], &upto, &ignored) || upto.number != noted->number) continue;
        if (memcmp(upto.hash, noted->hash, CN_CHAIN_HASH))
            add_fault(w, (cn_chain_fault){CN_CHAIN_HEAD, noted->number, noted->number, {0}});
        return true;
    }
    return cn_fail(err, CN_NOT_FOUND, "audit.head",
                   "the entry %lld has been taken out by retention: compare a head that was noted later.",
                   (long long)noted->number);
}

static bool compare_noted(walk *w, const cn_chain_head *noted, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(noted->number)};
    cn_chain_head there;
    if (noted->number > w->out->head.number) {
        add_fault(w, (cn_chain_fault){CN_CHAIN_REMOVED, w->out->head.number + 1, noted->number, w->before_at});
        return true;
    }
    if (noted->number <= w->out->pruned) return was_pruned(w, noted, err);
    if (!cn_db_one(w->a, w->db, &cn_sql_chain_hash, values, cn_chain_read_head, &there, err)) {
        if (err->code != CN_NOT_FOUND) return false;
        there = (cn_chain_head){0};
    }
    if (memcmp(there.hash, noted->hash, CN_CHAIN_HASH))
        add_fault(w, (cn_chain_fault){CN_CHAIN_HEAD, noted->number, noted->number, {0}});
    return true;
}

/* ---- All of it ---- */

static bool verify(walk *w, const cn_chain_ask *ask, cn_err *err) {
    const cn_value most[] = {CN_INT_VALUE(ask->most ? ask->most : INT64_MAX)};
    int64_t from = 0, since = 0;
    if (!count(w, &cn_sql_chain_from, most, &from, err) || !count(w, &cn_sql_chain_since, NULL, &since, err) ||
        !anchor(w, from, err))
        return false;
    w->out->whole = !w->before.number || w->before.number == w->out->pruned;
    w->out->since = (cn_time){since, 0};
    if (!walk_links(w, from, err)) return false;
    w->out->head = w->before;
    if (!find_foreign(w, w->out->whole ? 0 : from, err)) return false;
    if (w->out->whole && (!find_strayed(w, err) || !weigh_forgotten(w, err))) return false;
    return !ask->noted || compare_noted(w, ask->noted, err);
}

/* A transaction that only reads sees one moment, and nobody waits for it. */
bool cn_store_chain_verify(cn_store *s, const cn_chain_ask *ask, cn_chain_report *out, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_chain_report found = {0};
    walk w = {.a = a, .b = &b, .out = &found};
    if (!cn_store_take(s, &w.db, err)) return false;
    bool good = cn_db_script(w.db, "BEGIN", err) && verify(&w, ask, err);
    cn_db_rollback(w.db);
    cn_store_give(s, w.db);
    if (good) *out = found;
    return good;
}
