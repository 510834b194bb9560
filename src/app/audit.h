/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the audit: what was done for an organisation, by whom and when. What holders do with their own pages is
 * not in it, nor who claimed an award beyond that it was claimed.
 */
#ifndef CN_APP_AUDIT_H
#define CN_APP_AUDIT_H

#include "app/people.h"
#include "store/chain.h"

typedef struct cn_audit_entries {
    cn_audit_entry *v; /* the newest first */
    size_t n;
} cn_audit_entries;

/* The names of achievements are filled in, in French or in English. */
CN_MUST_USE bool cn_app_audit_of(cn_arena *a, const cn_app *app, const cn_audit_query *q, bool french,
                                 cn_audit_entries *out, cn_err *err);

/* The chain of the whole server (store/chain.h), over its last links: bounded work. */
enum { CN_AUDIT_LOOKED = 500 };
CN_MUST_USE bool cn_app_audit_chain(const cn_app *app, cn_chain_report *out, cn_err *err);

typedef struct cn_persons {
    cn_person *v;
    size_t n;
} cn_persons;

/* Who has done something, by name. */
CN_MUST_USE bool cn_app_audit_people(cn_arena *a, const cn_app *app, int64_t organisation, cn_persons *out,
                                     cn_err *err);

#endif
