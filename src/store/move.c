/* SPDX-License-Identifier: Apache-2.0
 *
 * An organisation's rows, read out.
 */
#include "store/move_inside.h"

/* In an order in which a row comes after those it names. Of the tables that are not here, setting, migration and
 * registry_list are the server's own; session, ticket, passkey, challenge, mail and endorsement_request are of use
 * at one place alone; audit_link is the chain of one server, in which what comes in is linked anew; quality_body
 * is what one server's operator trusts, and a scope is between two organisations of a server. */
const cn_moved cn_moved_tables[] = {
    {"organisation", &cn_sql_move_organisation, {{0}}},
    {"person", &cn_sql_move_person, {{0}}},
    {"address", &cn_sql_move_address, {{"person", "person", false}}},
    {"member", &cn_sql_move_member, {{"organisation", "organisation", false}, {"person", "person", false}}},
    {"signing_key", &cn_sql_move_signing_key, {{"organisation", "organisation", false}}},
    {"achievement", &cn_sql_move_achievement, {{"organisation", "organisation", false}}},
    {"attestation", &cn_sql_move_attestation, {{"achievement", "achievement", false}}},
    {"offering", &cn_sql_move_offering, {{"achievement", "achievement", false}}},
    {"reuse", &cn_sql_move_reuse, {{"achievement", "achievement", false}}},
    {"version", &cn_sql_move_version, {{"achievement", "achievement", false}}},
    {"review",
     &cn_sql_move_review,
     {{"achievement", "achievement", false}, {"body", "organisation", true}, {"person", "person", true}}},
    {"review_comment",
     &cn_sql_move_review_comment,
     {{"achievement", "achievement", false},
      {"organisation", "organisation", true},
      {"person", "person", true},
      {"body", "organisation", true}}},
    {"approval",
     &cn_sql_move_approval,
     {{"achievement", "achievement", false},
      {"version", "version", false},
      {"body", "organisation", true},
      {"step", "review", true}}},
    {"status_list", &cn_sql_move_status_list, {{"signing_key", "signing_key", false}}},
    {"status_place", &cn_sql_move_status_place, {{"list", "status_list", false}}},
    {"upload",
     &cn_sql_move_upload,
     {{"organisation", "organisation", false}, {"version", "version", false}, {"person", "person", true}}},
    {"award",
     &cn_sql_move_award,
     {{"organisation", "organisation", false},
      {"achievement", "achievement", false},
      {"version", "version", false},
      {"upload", "upload", false},
      {"status_list", "status_list", false},
      {"holder", "person", false}}},
    {"endorsement",
     &cn_sql_move_endorsement,
     {{"organisation", "organisation", false}, {"status_list", "status_list", false}}},
    {"upload_row", &cn_sql_move_upload_row, {{"upload", "upload", false}, {"award", "award", true}}},
    {"claim", &cn_sql_move_claim, {{"award", "award", false}}},
    {"audit",
     &cn_sql_move_audit,
     {{"organisation", "organisation", true}, {"person", "person", true}, {"step", "review", true}}},
};
const size_t cn_moved_tables_n = sizeof cn_moved_tables / sizeof *cn_moved_tables;

size_t cn_moved_find(cn_slice table) {
    for (size_t i = 0; i < cn_moved_tables_n; i++)
        if (cn_slice_eq(table, cn_slice_of(cn_moved_tables[i].table))) return i;
    return SIZE_MAX;
}

/* {"base64": "…"}; NULL at the arena's maximum. */
static const cn_json *bytes_json(cn_arena *a, cn_slice bytes) {
    cn_buf text = cn_buf_on(a, SIZE_MAX);
    cn_json *out = cn_json_object(a);
    cn_base64_write(&text, CN_BASE64, bytes);
    if (!cn_buf_ok(&text) || !out || !cn_json_set(a, out, CN_S("base64"), cn_json_string(a, cn_buf_slice(&text))))
        return NULL;
    return out;
}

static const cn_json *value_json(cn_arena *a, const cn_value *v) {
    switch (v->kind) {
    case CN_VALUE_INT: return cn_json_number(a, (double)v->number);
    case CN_VALUE_TEXT: return cn_json_string(a, v->bytes);
    case CN_VALUE_BYTES: return bytes_json(a, v->bytes);
    case CN_VALUE_NULL:
    default: return cn_json_null();
    }
}

static bool row_json(cn_arena *a, const cn_rows *rows, cn_json **out, cn_err *err) {
    cn_json *row = cn_json_object(a);
    if (!row) return cn_fail_memory(err);
    for (int i = 0; i < cn_rows_columns(rows); i++) {
        cn_value value;
        cn_slice name;
        if (!cn_rows_value(a, rows, i, &value, err)) return false;
        if (!cn_arena_copy(a, cn_slice_of(cn_rows_name(rows, i)), &name) ||
            !cn_json_set(a, row, name, value_json(a, &value)))
            return cn_fail_memory(err);
    }
    *out = row;
    return true;
}

static bool give_row(cn_arena *a, const cn_rows *rows, cn_slice table, const cn_move_sink *to, cn_err *err) {
    cn_arena_mark mark = cn_arena_get_mark(a);
    cn_json *row;
    bool good = row_json(a, rows, &row, err) && to->take(to->self, a, table, row, err);
    cn_arena_reset(a, mark);
    return good;
}

static bool give_table(cn_arena *a, cn_db *db, const cn_moved *m, int64_t organisation, const cn_move_sink *to,
                       cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation)};
    cn_rows rows;
    bool row;
    if (!cn_rows_start(db, m->rows, values, &rows, err)) return false;
    while (cn_rows_next(&rows, &row, err)) {
        if (!row) return true;
        if (!give_row(a, &rows, cn_slice_of(m->table), to, err)) return cn_rows_end(&rows), false;
    }
    return false;
}

static bool give_all(cn_db *db, int64_t organisation, const cn_move_sink *to, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_value values[] = {CN_INT_VALUE(organisation)};
    int64_t working;
    if (!cn_db_one(a, db, &cn_sql_move_working, values, cn_row_int, &working, err)) return false;
    if (working)
        return cn_fail(err, CN_CONFLICT, "move.working",
                       "a file is being awarded just now: wait until that is done, then try again.");
    for (size_t i = 0; i < cn_moved_tables_n; i++)
        if (!give_table(a, db, &cn_moved_tables[i], organisation, to, err)) return false;
    return true;
}

/* A transaction that only reads sees one moment, and nobody waits for it. */
bool cn_store_move_out(cn_store *s, int64_t organisation, const cn_move_sink *to, cn_err *err) {
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = cn_db_script(db, "BEGIN", err) && give_all(db, organisation, to, err);
    cn_db_rollback(db);
    cn_store_give(s, db);
    return good;
}
