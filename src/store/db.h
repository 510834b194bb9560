/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the store: one connection to a database, its statements and rows. sqlite.c is the one file that knows
 * which database it is.
 *
 * Statements are the files of sql/, one each, with placeholders $1, $2, …; tools/embed-sql makes them values of
 * cn_sql. A connection belongs to one thread at a time.
 */
#ifndef CN_STORE_DB_H
#define CN_STORE_DB_H

#include "crypto/crypto.h"

#include "base/base.h"

typedef struct cn_sql {
    const char *name, *text;
    int number;     /* its place in a connection's prepared statements */
    int parameters; /* $1 to $parameters */
} cn_sql;

#include "store/sql_names.inc" /* extern const cn_sql cn_sql_NAME; for each file of sql/ */
extern const int cn_sql_count;

typedef struct cn_migration {
    int number; /* from 1, without gaps */
    const char *name, *text;
} cn_migration;
extern const cn_migration cn_migrations[];
extern const int cn_migrations_count;

/* A table as the migrations make it. */
typedef struct cn_table {
    const char *name;
    const char *const *columns;
    int n;
    cn_sql put; /* a row with all its columns; "number", where it is the first, is NULL and answered with */
} cn_table;
extern const cn_table cn_tables[];
extern const int cn_tables_count;

/* A value for a placeholder. */
typedef struct cn_value {
    enum { CN_VALUE_INT, CN_VALUE_TEXT, CN_VALUE_BYTES, CN_VALUE_NULL } kind;
    int64_t number;
    cn_slice bytes;
} cn_value;
#define CN_INT_VALUE(i) ((cn_value){CN_VALUE_INT, (i), {0}})
#define CN_TEXT_VALUE(s) ((cn_value){CN_VALUE_TEXT, 0, (s)})
#define CN_BYTES_VALUE(s) ((cn_value){CN_VALUE_BYTES, 0, (s)})
/* A row's number; NULL for 0, which no row has. */
#define CN_NUMBER_VALUE(i) ((cn_value){(i) ? CN_VALUE_INT : CN_VALUE_NULL, (i), {0}})

typedef struct cn_db cn_db;

/* `path` is NUL-terminated; `crypto` is borrowed, and may be NULL where nothing is written to the audit. The
 * errors of store.h. */
CN_MUST_USE bool cn_db_open(const char *path, int busy_ms, const cn_crypto *crypto, cn_db **out, cn_err *err);
const cn_crypto *cn_db_crypto(const cn_db *db);
void cn_db_close(cn_db *db);

/* A transaction that will write. What fails inside it is followed by cn_db_rollback. One that begins inside
 * another is a part of it, that can be rolled back alone. */
CN_MUST_USE bool cn_db_begin(cn_db *db, cn_err *err);
CN_MUST_USE bool cn_db_commit(cn_db *db, cn_err *err);
void cn_db_rollback(cn_db *db);
/* Is one under way? */
bool cn_db_changes(const cn_db *db);

/* Marks a new database as one of Cairn's, inside a transaction; CONFLICT "store.foreign". */
CN_MUST_USE bool cn_db_claim(cn_db *db, cn_err *err);
/* Several statements without values: a migration. */
CN_MUST_USE bool cn_db_script(cn_db *db, const char *text, cn_err *err);

/* Runs a statement to its end and gives the number of rows it changed (`changed` may be NULL); rows it answers
 * with are dropped. */
CN_MUST_USE bool cn_db_run(cn_db *db, const cn_sql *sql, const cn_value *values, int64_t *changed, cn_err *err);

/* A statement that answers with rows: start, next until *row is false; on a failure it has ended. Values must live
 * until the end. Columns are numbered from 0. */
typedef struct cn_rows {
    cn_db *db;
    void *statement;
} cn_rows;
CN_MUST_USE bool cn_rows_start(cn_db *db, const cn_sql *sql, const cn_value *values, cn_rows *out, cn_err *err);
CN_MUST_USE bool cn_rows_next(cn_rows *rows, bool *row, cn_err *err);
int64_t cn_rows_int(const cn_rows *rows, int column); /* NULL is 0 */
/* A copy on the arena. */
CN_MUST_USE bool cn_rows_bytes(cn_arena *a, const cn_rows *rows, int column, cn_slice *out, cn_err *err);
/* The same of columns that follow each other: cn_rows_texts(a, rows, 4, CN_TEXTS(&v->name, &v->reason), err). */
CN_MUST_USE bool cn_rows_texts(cn_arena *a, const cn_rows *rows, int first, cn_slice *const *out, size_t n,
                               cn_err *err);
#define CN_TEXTS(...)                                                                                             \
    (cn_slice *const[]){__VA_ARGS__}, sizeof((cn_slice *const[]){__VA_ARGS__}) / sizeof(cn_slice *)
/* For rows whose columns are not known beforehand: how many, and of each its name (until the end) and value. */
int cn_rows_columns(const cn_rows *rows);
const char *cn_rows_name(const cn_rows *rows, int column);
CN_MUST_USE bool cn_rows_value(cn_arena *a, const cn_rows *rows, int column, cn_value *out, cn_err *err);
/* Ends it before its last row. */
void cn_rows_end(cn_rows *rows);

#endif
