/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit: what was done by whom. A verb that changes something writes it in its own transaction.
 */
#include "store/people_inside.h"

bool cn_audit_insert(cn_db *db, const cn_audit *what, cn_time now, cn_err *err) {
    if (!what) return true;
    cn_value row[] = {CN_INT_VALUE(now.sec), CN_NUMBER_VALUE(what->organisation), CN_NUMBER_VALUE(what->person),
                      CN_TEXT_VALUE(what->action), CN_TEXT_VALUE(what->subject)};
    return cn_db_run(db, &cn_sql_audit_put, row, NULL, err);
}

bool cn_told_insert(cn_db *db, const cn_told *told, cn_err *err) {
    return cn_audit_insert(db, &told->why, told->now, err) && cn_mail_insert(db, &told->letter, err);
}

bool cn_store_audit(cn_store *s, const cn_audit *what, cn_time now, cn_err *err) {
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = cn_audit_insert(db, what, now, err);
    cn_store_give(s, db);
    return good;
}
