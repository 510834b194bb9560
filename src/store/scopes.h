/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps about scopes: what a quality body lets another organisation do, in which fields, from when
 * to when. Which organisations are such bodies the operator says.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none". What is read is on the arena.
 */
#ifndef CN_STORE_SCOPES_H
#define CN_STORE_SCOPES_H

#include "store/people.h"

/* Which organisation, by its number, and what it is called. */
typedef struct cn_scope_party {
    int64_t number;
    cn_slice id, name_en, name_fr;
} cn_scope_party;

typedef struct cn_stored_scope {
    cn_slice id;                       /* used in addresses */
    cn_scope_party organisation, body; /* who may, and who says so; to put one, the numbers alone */
    cn_slice purpose;                  /* "provide" or "endorse" */
    cn_slice fields;                   /* "isced:061 cip:11"; empty: every field */
    cn_slice kinds;                    /* "micro-credential digital-badge"; empty: every kind */
    cn_slice level_framework;          /* empty: no level is limited */
    int64_t level_most;
    cn_time valid_from, valid_until;  /* until: 0, without end */
    cn_time granted_at, withdrawn_at; /* withdrawn: 0, it is not */
    cn_slice reason;                  /* why it was withdrawn */
} cn_stored_scope;

CN_MUST_USE bool cn_store_scope_put(cn_store *s, const cn_stored_scope *scope, const cn_audit *why, cn_err *err);
CN_MUST_USE bool cn_store_scope(cn_arena *a, cn_store *s, cn_slice id, cn_stored_scope *out, cn_err *err);
/* NOT_FOUND where the body gave none of that id, or has withdrawn it. */
CN_MUST_USE bool cn_store_scope_withdraw(cn_store *s, int64_t body, cn_slice id, cn_slice reason, cn_time now,
                                         const cn_audit *why, cn_err *err);
/* All that a body gave; those that are not withdrawn first, by name. */
CN_MUST_USE bool cn_store_scopes_given(cn_arena *a, cn_store *s, int64_t body, cn_stored_scope **out, size_t *n,
                                       cn_err *err);
/* All that an organisation was given by those who are quality bodies today, for a purpose (empty: for any); those
 * that are not withdrawn first, the newest first. */
CN_MUST_USE bool cn_store_scopes_had(cn_arena *a, cn_store *s, int64_t organisation, cn_slice purpose,
                                     cn_stored_scope **out, size_t *n, cn_err *err);
/* Those that an organisation has or gave and that end before a moment, or have ended, the first first; without
 * those that were given anew for the same and for longer, and go on from there or hold now. */
CN_MUST_USE bool cn_store_scopes_due(cn_arena *a, cn_store *s, int64_t organisation, cn_time now, cn_time before,
                                     cn_stored_scope **out, size_t *n, cn_err *err);
/* Makes it a quality body, or none: NOT_FOUND, where it has given a scope to provide and not withdrawn it. */
CN_MUST_USE bool cn_store_organisation_body(cn_store *s, int64_t organisation, bool body, cn_time now,
                                            const cn_audit *why, cn_err *err);

#endif
