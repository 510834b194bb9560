/* SPDX-License-Identifier: Apache-2.0
 *
 * The database is SQLite: connections, transactions, statements, rows. The only file that includes sqlite3.h.
 *
 * WAL, so that readers and a writer do not wait for each other; synchronous=FULL, so that what is committed
 * outlives a power cut.
 */
#include <sqlite3.h>
#include <unistd.h>

#include "store/db.h"

/* "Cair": which program a file belongs to (`file` and `PRAGMA application_id` show it). */
#define APPLICATION_ID 0x43616972

struct cn_db {
    sqlite3 *sqlite;
    sqlite3_stmt **statements; /* cn_sql_count of them, prepared when first used */
    const cn_crypto *crypto;
    int busy_ms;
    int depth; /* of transactions in one another */
};

/* ---- Errors ---- */

static const struct {
    int rc; /* primary code */
    cn_code code;
    const char *id;
} errors[] = {
    {SQLITE_BUSY, CN_UNAVAILABLE, "store.busy"},     {SQLITE_LOCKED, CN_UNAVAILABLE, "store.busy"},
    {SQLITE_FULL, CN_UNAVAILABLE, "store.file"},     {SQLITE_IOERR, CN_UNAVAILABLE, "store.file"},
    {SQLITE_CANTOPEN, CN_UNAVAILABLE, "store.file"}, {SQLITE_READONLY, CN_UNAVAILABLE, "store.file"},
    {SQLITE_PERM, CN_UNAVAILABLE, "store.file"},     {SQLITE_AUTH, CN_UNAVAILABLE, "store.file"},
    {SQLITE_CORRUPT, CN_INVALID, "store.corrupt"},   {SQLITE_NOTADB, CN_INVALID, "store.corrupt"},
};

static bool fail_text(int rc, const char *what, const char *message, cn_err *err) {
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].rc == (rc & 0xff))
            return cn_fail(err, errors[i].code, errors[i].id, "the database: %s.", message);
    return cn_fail(err, CN_INTERNAL, "store.sql", "the database, at %s: %s.", what, message);
}

static bool fail(const cn_db *db, const char *what, cn_err *err) {
    return fail_text(sqlite3_extended_errcode(db->sqlite), what, sqlite3_errmsg(db->sqlite), err);
}

/* ---- Connections ---- */

static bool execute(cn_db *db, const char *sql, const char *what, cn_err *err) {
    return sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK || fail(db, what, err);
}

/* The change to WAL does not always wait by itself for another process that makes it at the same time. */
static bool enter_wal(cn_db *db, cn_err *err) {
    enum { PAUSE_MS = 10 };
    for (int waited = 0;; waited += PAUSE_MS) {
        int rc = sqlite3_exec(db->sqlite, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
        if (rc == SQLITE_OK) return true;
        if ((rc & 0xff) != SQLITE_BUSY || waited >= db->busy_ms) return fail(db, "journal_mode", err);
        usleep(PAUSE_MS * 1000);
    }
}

static bool configure(cn_db *db, cn_err *err) {
    sqlite3_extended_result_codes(db->sqlite, 1);
    sqlite3_busy_timeout(db->sqlite, db->busy_ms);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    /* What is deleted was about somebody: its place in the file is overwritten. */
    return execute(db,
                   "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA synchronous=FULL; "
                   "PRAGMA secure_delete=ON;",
                   "settings", err) &&
           enter_wal(db, err);
}

bool cn_db_open(const char *path, int busy_ms, const cn_crypto *crypto, cn_db **out, cn_err *err) {
    cn_db *db = calloc(1, sizeof *db);
    sqlite3_stmt **statements = calloc((size_t)cn_sql_count, sizeof *statements);
    if (!db || !statements) cn_no_memory();
    db->statements = statements;
    db->crypto = crypto;
    db->busy_ms = busy_ms;
    int rc = sqlite3_open_v2(path, &db->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (!db->sqlite) cn_no_memory();
    if (rc == SQLITE_OK ? !configure(db, err) : !fail(db, "open", err)) return cn_db_close(db), false;
    *out = db;
    return true;
}

void cn_db_close(cn_db *db) {
    if (!db) return;
    for (int i = 0; i < cn_sql_count; i++) sqlite3_finalize(db->statements[i]);
    int rc = sqlite3_close(db->sqlite);
    assert(rc == SQLITE_OK);
    (void)rc;
    free(db->statements);
    free(db);
}

const cn_crypto *cn_db_crypto(const cn_db *db) {
    return db->crypto;
}

/* ---- Transactions and scripts ---- */

bool cn_db_begin(cn_db *db, cn_err *err) {
    bool good = execute(db, db->depth ? "SAVEPOINT part" : "BEGIN IMMEDIATE", "begin", err);
    db->depth += good;
    return good;
}

bool cn_db_commit(cn_db *db, cn_err *err) {
    bool good = execute(db, db->depth > 1 ? "RELEASE part" : "COMMIT", "commit", err);
    db->depth -= good;
    return good;
}

void cn_db_rollback(cn_db *db) {
    db->depth -= db->depth > 0; /* a script may have begun one too */
    const char *sql = db->depth ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK";
    /* Some failures have rolled back already. */
    if (!sqlite3_get_autocommit(db->sqlite)) (void)sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
}

bool cn_db_changes(const cn_db *db) {
    return db->depth > 0;
}

bool cn_db_script(cn_db *db, const char *text, cn_err *err) {
    return execute(db, text, "migration", err);
}

static bool ask_int(cn_db *db, const char *sql, int64_t *out, cn_err *err) {
    sqlite3_stmt *st = NULL;
    bool good = sqlite3_prepare_v2(db->sqlite, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW;
    if (good) *out = sqlite3_column_int64(st, 0);
    else (void)fail(db, sql, err);
    sqlite3_finalize(st);
    return good;
}

bool cn_db_claim(cn_db *db, cn_err *err) {
    int64_t id, tables;
    char set[64];
    if (!ask_int(db, "PRAGMA application_id", &id, err) ||
        !ask_int(db, "SELECT count(*) FROM sqlite_schema", &tables, err))
        return false;
    if (id == APPLICATION_ID) return true;
    if (id || tables)
        return cn_fail(err, CN_CONFLICT, "store.foreign", "the file is the database of another program.");
    (void)snprintf(set, sizeof set, "PRAGMA application_id=%d", APPLICATION_ID);
    return execute(db, set, "application_id", err);
}

/* ---- Statements ---- */

static bool bind(const cn_db *db, sqlite3_stmt *st, const char *name, const cn_value *v, cn_err *err) {
    /* SQLite numbers $2 by where it stands first in the text: only its name is certain. */
    int at = sqlite3_bind_parameter_index(st, name), rc = SQLITE_OK;
    const char *bytes = v->bytes.n ? v->bytes.p : "";
    assert(at > 0);
    switch (v->kind) {
    case CN_VALUE_INT: rc = sqlite3_bind_int64(st, at, v->number); break;
    case CN_VALUE_TEXT: rc = sqlite3_bind_text64(st, at, bytes, v->bytes.n, SQLITE_STATIC, SQLITE_UTF8); break;
    case CN_VALUE_BYTES: rc = sqlite3_bind_blob64(st, at, bytes, v->bytes.n, SQLITE_STATIC); break;
    case CN_VALUE_NULL: rc = sqlite3_bind_null(st, at); break;
    default: assert(!"a kind of value");
    }
    return rc == SQLITE_OK || fail(db, name, err);
}

/* Values may not outlive the call: none stays bound. */
static void end(sqlite3_stmt *st) {
    (void)sqlite3_reset(st);
    (void)sqlite3_clear_bindings(st);
}

static bool start(cn_db *db, const cn_sql *sql, const cn_value *values, sqlite3_stmt **out, cn_err *err) {
    sqlite3_stmt **kept = &db->statements[sql->number];
    if (!*kept &&
        sqlite3_prepare_v3(db->sqlite, sql->text, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL) != SQLITE_OK)
        return fail(db, sql->name, err);
    for (int i = 0; i < sql->parameters; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "$%d", i + 1);
        if (!bind(db, *kept, name, &values[i], err)) return end(*kept), false;
    }
    *out = *kept;
    return true;
}

bool cn_db_run(cn_db *db, const cn_sql *sql, const cn_value *values, int64_t *changed, cn_err *err) {
    sqlite3_stmt *st;
    int rc;
    if (!start(db, sql, values, &st, err)) return false;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
    }
    bool good = rc == SQLITE_DONE || fail(db, sql->name, err);
    if (good && changed) *changed = sqlite3_changes64(db->sqlite);
    end(st);
    return good;
}

/* ---- Rows ---- */

bool cn_rows_start(cn_db *db, const cn_sql *sql, const cn_value *values, cn_rows *out, cn_err *err) {
    sqlite3_stmt *st;
    if (!start(db, sql, values, &st, err)) return false;
    *out = (cn_rows){db, st};
    return true;
}

bool cn_rows_next(cn_rows *rows, bool *row, cn_err *err) {
    int rc = sqlite3_step(rows->statement);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) (void)fail(rows->db, sqlite3_sql(rows->statement), err);
    if (rc != SQLITE_ROW) cn_rows_end(rows);
    *row = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

int64_t cn_rows_int(const cn_rows *rows, int column) {
    return sqlite3_column_int64(rows->statement, column);
}

bool cn_rows_bytes(cn_arena *a, const cn_rows *rows, int column, cn_slice *out, cn_err *err) {
    const void *bytes = sqlite3_column_blob(rows->statement, column);
    size_t n = (size_t)sqlite3_column_bytes(rows->statement, column);
    return cn_arena_copy(a, cn_slice_bytes(bytes, bytes ? n : 0), out) || cn_fail_memory(err);
}

bool cn_rows_texts(cn_arena *a, const cn_rows *rows, int first, cn_slice *const *out, size_t n, cn_err *err) {
    for (size_t i = 0; i < n; i++)
        if (!cn_rows_bytes(a, rows, first + (int)i, out[i], err)) return false;
    return true;
}

int cn_rows_columns(const cn_rows *rows) {
    return sqlite3_column_count(rows->statement);
}

const char *cn_rows_name(const cn_rows *rows, int column) {
    return sqlite3_column_name(rows->statement, column);
}

/* Numbers with a fraction are in no table. */
bool cn_rows_value(cn_arena *a, const cn_rows *rows, int column, cn_value *out, cn_err *err) {
    cn_value v = {.kind = CN_VALUE_NULL};
    switch (sqlite3_column_type(rows->statement, column)) {
    case SQLITE_INTEGER: v = CN_INT_VALUE(cn_rows_int(rows, column)); break;
    case SQLITE_NULL: break;
    case SQLITE_BLOB: v.kind = CN_VALUE_BYTES; break;
    default: v.kind = CN_VALUE_TEXT;
    }
    if ((v.kind == CN_VALUE_BYTES || v.kind == CN_VALUE_TEXT) && !cn_rows_bytes(a, rows, column, &v.bytes, err))
        return false;
    *out = v;
    return true;
}

void cn_rows_end(cn_rows *rows) {
    if (rows->statement) end(rows->statement);
    rows->statement = NULL;
}
