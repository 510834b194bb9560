/* SPDX-License-Identifier: Apache-2.0
 *
 * Ends that come near. Which threshold is reached, and which was told of, stands in the statements.
 */
#include "store/lapses.h"

#include "store/inside.h"

/* The columns as approval_lapses.sql and scope_lapses.sql name them. */
static bool read_lapse(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_lapse *l = out;
    l->number = cn_rows_int(rows, 0);
    l->organisation = cn_rows_int(rows, 1);
    l->days = (int)cn_rows_int(rows, 6);
    l->until.sec = cn_rows_int(rows, 7);
    return cn_rows_texts(
        a, rows, 2, CN_TEXTS(&l->organisation_id, &l->organisation_en, &l->organisation_fr, &l->document), err);
}

bool cn_store_lapses(cn_arena *a, cn_store *s, cn_lapse_kind kind, cn_time now, size_t max, cn_stored_lapse **out,
                     size_t *n, cn_err *err) {
    static const cn_sql *const sql[CN_LAPSE_KINDS] = {
        [CN_LAPSE_APPROVAL] = &cn_sql_approval_lapses, [CN_LAPSE_SCOPE] = &cn_sql_scope_lapses};
    const cn_value values[] = {CN_INT_VALUE(now.sec), CN_INT_VALUE((int64_t)max)};
    void *v;
    if (!cn_store_all(a, s, sql[kind], values, read_lapse, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_lapse_told(cn_store *s, cn_lapse_kind kind, int64_t number, int days, cn_err *err) {
    static const cn_sql *const sql[CN_LAPSE_KINDS] = {
        [CN_LAPSE_APPROVAL] = &cn_sql_approval_reminded, [CN_LAPSE_SCOPE] = &cn_sql_scope_reminded};
    const cn_value values[] = {CN_INT_VALUE(number), CN_INT_VALUE(days)};
    return cn_store_run(s, sql[kind], values, NULL, err);
}
