/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the audit. Rows know what something was done to by an id; people know it by a name.
 */
#include "app/audit.h"
#include "app/achievements.h"

static bool name_achievement(cn_arena *a, const cn_app *app, int64_t organisation, bool french, cn_audit_entry *e,
                             cn_err *err) {
    cn_achievement is;
    bool about = cn_slice_starts(e->action, CN_S("achievement.")) || cn_slice_starts(e->action, CN_S("review."));
    if (!about || !e->subject.n) return true;
    if (!cn_app_achievement_get(a, app, organisation, e->subject, &is, err)) return err->code == CN_NOT_FOUND;
    const cn_slice names[] = {is.draft.en.name, is.draft.fr.name};
    e->subject_name = names[french].n ? names[french] : names[!french];
    return true;
}

bool cn_app_audit_of(cn_arena *a, const cn_app *app, const cn_audit_query *q, bool french, cn_audit_entries *out,
                     cn_err *err) {
    cn_audit_entries list;
    if (!cn_store_audit_of(a, app->store, q, &list.v, &list.n, err)) return false;
    for (size_t i = 0; i < list.n; i++)
        if (!name_achievement(a, app, q->organisation, french, &list.v[i], err)) return false;
    *out = list;
    return true;
}

bool cn_app_audit_people(cn_arena *a, const cn_app *app, int64_t organisation, cn_persons *out, cn_err *err) {
    return cn_store_audit_people(a, app->store, organisation, &out->v, &out->n, err);
}

bool cn_app_audit_chain(const cn_app *app, cn_chain_report *out, cn_err *err) {
    cn_chain_ask ask = {.most = CN_AUDIT_LOOKED};
    return cn_store_chain_verify(app->store, &ask, out, err);
}
