/* SPDX-License-Identifier: Apache-2.0
 *
 * Persons and their addresses: an account is made with its first address, may gain others, may take up another
 * account, and is deleted whole.
 */
#include "store/chain_inside.h"

bool cn_row_person(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_person *p = out;
    p->number = cn_rows_int(rows, 0);
    p->created_at = (cn_time){cn_rows_int(rows, 5), 0};
    return cn_rows_bytes(a, rows, 1, &p->id, err) && cn_rows_bytes(a, rows, 2, &p->name, err) &&
           cn_rows_bytes(a, rows, 3, &p->language, err) && cn_rows_bytes(a, rows, 4, &p->email, err);
}

bool cn_store_person(cn_arena *a, cn_store *s, int64_t number, cn_person *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number)};
    return cn_store_one(a, s, &cn_sql_person_get, values, cn_row_person, out, err);
}

bool cn_store_person_of(cn_arena *a, cn_store *s, cn_slice email, cn_person *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(email)};
    return cn_store_one(a, s, &cn_sql_person_of, values, cn_row_person, out, err);
}

bool cn_store_person_set(cn_store *s, int64_t number, cn_slice name, cn_slice language, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number), CN_TEXT_VALUE(name), CN_TEXT_VALUE(language)};
    return cn_store_run(s, &cn_sql_person_set, values, NULL, err);
}

/* ---- Making one ---- */

typedef struct making {
    cn_arena *a;
    const cn_person *wanted;
    cn_time now;
    cn_person made;
} making;

static bool insert(cn_db *db, making *m, cn_err *err) {
    const cn_person *p = m->wanted;
    int64_t number = 0;
    cn_value row[] = {CN_TEXT_VALUE(p->id), CN_TEXT_VALUE(p->name), CN_TEXT_VALUE(p->language),
                      CN_INT_VALUE(m->now.sec)};
    if (!cn_db_one(m->a, db, &cn_sql_person_put, row, cn_row_int, &number, err)) return false;
    cn_value address[] = {CN_TEXT_VALUE(p->email), CN_INT_VALUE(number), CN_INT_VALUE(1),
                          CN_INT_VALUE(m->now.sec)};
    return cn_db_run(db, &cn_sql_address_put, address, NULL, err);
}

static bool make(cn_db *db, void *self, cn_err *err) {
    making *m = self;
    cn_value email[] = {CN_TEXT_VALUE(m->wanted->email)};
    if (!cn_db_one(m->a, db, &cn_sql_person_of, email, cn_row_person, &m->made, err)) {
        if (err->code != CN_NOT_FOUND || !insert(db, m, err)) return false;
        return cn_db_one(m->a, db, &cn_sql_person_of, email, cn_row_person, &m->made, err);
    }
    if (m->made.name.n || !m->wanted->name.n) return true;
    cn_value name[] = {CN_INT_VALUE(m->made.number), CN_TEXT_VALUE(m->wanted->name)};
    m->made.name = m->wanted->name;
    return cn_db_run(db, &cn_sql_person_name, name, NULL, err);
}

bool cn_store_person_make(cn_arena *a, cn_store *s, const cn_person *p, cn_time now, cn_person *out, cn_err *err) {
    making m = {.a = a, .wanted = p, .now = now};
    if (!cn_store_change(s, make, &m, err)) return false;
    *out = m.made;
    return true;
}

/* ---- Several steps of one change ---- */

static bool run_all(cn_db *db, const cn_sql *const *steps, size_t n, const cn_value *values, cn_err *err) {
    for (size_t i = 0; i < n; i++)
        if (!cn_db_run(db, steps[i], values, NULL, err)) return false;
    return true;
}

/* ---- Deleting one ---- */

typedef struct leaving {
    cn_arena *a;
    int64_t person;
    cn_time now;
} leaving;

/* The audit keeps what was done, and says in how many rows it does not know any more by whom. */
static bool forget(cn_db *db, const leaving *l, cn_err *err) {
    cn_audit why = {.action = CN_S("account.deleted")};
    int64_t rows = 0;
    if (!cn_chain_forget(db, l->person, &rows, err)) return false;
    if (!cn_arena_print(l->a, &why.subject, "%lld", (long long)rows)) return cn_fail_memory(err);
    return cn_audit_insert(db, &why, l->now, err);
}

static bool leave(cn_db *db, void *self, cn_err *err) {
    static const cn_sql *const steps[] = {
        &cn_sql_person_awards_hide,     &cn_sql_person_mails_delete,    &cn_sql_person_tickets_delete,
        &cn_sql_person_members_delete,  &cn_sql_person_passkeys_delete, &cn_sql_person_challenges_delete,
        &cn_sql_person_sessions_delete, &cn_sql_address_delete,         &cn_sql_person_delete,
    };
    leaving *l = self;
    int64_t last = 0;
    cn_value values[] = {CN_INT_VALUE(l->person)};
    if (!cn_db_one(l->a, db, &cn_sql_person_last, values, cn_row_int, &last, err)) return false;
    if (last)
        return cn_fail(err, CN_CONFLICT, "member.last",
                       "The person is the last administrator of an organisation.");
    return forget(db, l, err) && run_all(db, steps, sizeof steps / sizeof *steps, values, err);
}

bool cn_store_person_delete(cn_store *s, int64_t number, cn_time now, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    leaving l = {a, number, now};
    return cn_store_change(s, leave, &l, err);
}

/* ---- Addresses ---- */

static bool read_address(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_address *address = out;
    address->main = cn_rows_int(rows, 1) != 0;
    address->proven_at = (cn_time){cn_rows_int(rows, 2), 0};
    return cn_rows_bytes(a, rows, 0, &address->email, err);
}

bool cn_store_addresses(cn_arena *a, cn_store *s, int64_t person, cn_address **out, size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person)};
    void *v = NULL;
    if (!cn_store_all(a, s, &cn_sql_address_of, values, read_address, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

typedef struct adding {
    cn_arena *a;
    int64_t person;
    cn_slice email;
    const cn_told *told;
} adding;

/* Two accounts of one person become one. */
static bool merge(cn_db *db, const adding *add, int64_t from, cn_err *err) {
    static const cn_sql *const moves[] = {
        &cn_sql_person_awards_move,  &cn_sql_person_audit_move,    &cn_sql_person_uploads_move,
        &cn_sql_person_members_move, &cn_sql_person_tickets_move,  &cn_sql_address_move,
        &cn_sql_person_reviews_move, &cn_sql_person_comments_move, &cn_sql_person_requests_move,
    };
    static const cn_sql *const ends[] = {
        &cn_sql_person_members_delete,
        &cn_sql_person_challenges_delete,
        &cn_sql_person_sessions_delete,
        &cn_sql_person_delete,
    };
    cn_value values[] = {CN_INT_VALUE(from), CN_INT_VALUE(add->person)};
    cn_audit why = {.person = add->person, .action = CN_S("account.merged")};
    cn_person gone;
    int64_t passkeys = 0;
    if (!cn_db_one(add->a, db, &cn_sql_passkey_count, values, cn_row_int, &passkeys, err)) return false;
    if (passkeys)
        return cn_fail(err, CN_CONFLICT, "address.passkey", "The account with this address has a passkey.");
    if (!cn_db_one(add->a, db, &cn_sql_person_get, values, cn_row_person, &gone, err)) return false;
    why.subject = gone.id;
    return run_all(db, moves, sizeof moves / sizeof *moves, values, err) &&
           run_all(db, ends, sizeof ends / sizeof *ends, values, err) &&
           cn_audit_insert(db, &why, add->told->now, err);
}

static bool add_address(cn_db *db, void *self, cn_err *err) {
    adding *add = self;
    int64_t owner = 0;
    cn_value email[] = {CN_TEXT_VALUE(add->email)};
    if (cn_db_one(add->a, db, &cn_sql_address_owner, email, cn_row_int, &owner, err))
        return owner == add->person || (merge(db, add, owner, err) && cn_told_insert(db, add->told, err));
    if (err->code != CN_NOT_FOUND) return false;
    cn_value row[] = {CN_TEXT_VALUE(add->email), CN_INT_VALUE(add->person), CN_INT_VALUE(0),
                      CN_INT_VALUE(add->told->now.sec)};
    return cn_db_run(db, &cn_sql_address_put, row, NULL, err) && cn_told_insert(db, add->told, err);
}

bool cn_store_address_add(cn_arena *a, cn_store *s, int64_t person, cn_slice email, const cn_told *told,
                          cn_err *err) {
    adding add = {a, person, email, told};
    return cn_store_change(s, add_address, &add, err);
}

typedef struct changing {
    const cn_sql *sql;
    int64_t person;
    cn_slice email;
    const cn_told *told;
} changing;

static bool change_address(cn_db *db, void *self, cn_err *err) {
    const changing *c = self;
    cn_value values[] = {CN_INT_VALUE(c->person), CN_TEXT_VALUE(c->email)};
    int64_t changed = 0;
    if (!cn_db_run(db, c->sql, values, &changed, err)) return false;
    if (!changed) return cn_fail(err, CN_NOT_FOUND, "store.none", "the person has no such address.");
    return cn_told_insert(db, c->told, err);
}

bool cn_store_address_main(cn_store *s, int64_t person, cn_slice email, const cn_told *told, cn_err *err) {
    changing c = {&cn_sql_address_main, person, email, told};
    return cn_store_change(s, change_address, &c, err);
}

bool cn_store_address_remove(cn_store *s, int64_t person, cn_slice email, const cn_told *told, cn_err *err) {
    changing c = {&cn_sql_address_remove, person, email, told};
    return cn_store_change(s, change_address, &c, err);
}
