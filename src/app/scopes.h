/* SPDX-License-Identifier: Apache-2.0
 *
 * Scopes: what a quality body lets another organisation do here. "provide": have achievements that are approved
 * and awarded; "endorse": sign what it says of the achievements of others. A scope names fields by the beginnings
 * of codes, may limit levels and kinds of credentials, and has dates.
 *
 * An organisation that no body has registered to provide has no limit. One that has been registered is bound for
 * good: when its scopes have ended or were withdrawn, it may do nothing until it is given another. To endorse
 * always takes a scope. Only the word of organisations that are quality bodies today counts; the operator says
 * which are. One that lets others provide stays one until it has withdrawn that, and these stay bound then.
 */
#ifndef CN_APP_SCOPES_H
#define CN_APP_SCOPES_H

#include "app/kinds.h"
#include "app/people.h"
#include "json/json.h"
#include "store/scopes.h"

/* ---- Fields: "isced:061 cip:11.08 noc:212", each the beginning of a code ---- */

/* The systems: "isced" (ISCED-F 2013), "cip", "noc" (2021), "nzsced"; members of a design's "classification". */
extern const cn_slice cn_scope_systems[];
extern const size_t cn_scope_systems_n;

/* Adds the beginnings that somebody typed for a system, separated by white space, commas or semicolons, to a list
 * in the form above. INVALID "scope.fields" where one cannot be the beginning of a code; `where` is the system. */
CN_MUST_USE bool cn_scope_fields_add(cn_buf *fields, cn_slice system, cn_slice typed, cn_err *err);
/* The list of a text in that form, in its normal form. The same error. */
CN_MUST_USE bool cn_scope_fields_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err);
/* The next of a list: "isced" and "061". False at its end. */
bool cn_scope_fields_next(cn_slice *rest, cn_slice *system, cn_slice *prefix);

/* ---- Kinds of credentials: "micro-credential digital-badge", ids ---- */

/* Those that a design can be, and so a scope be limited to. On the arena. */
CN_MUST_USE bool cn_scope_kinds_all(cn_arena *a, cn_kinds *out, cn_err *err);
/* The list of what somebody typed, in its normal form: each once. INVALID "scope.kinds": there is no such kind. */
CN_MUST_USE bool cn_scope_kinds_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err);
/* The next of a list; false at its end. */
bool cn_scope_kinds_next(cn_slice *rest, cn_slice *kind);
bool cn_scope_kinds_hold(cn_slice kinds, cn_slice kind);

/* ---- Given and withdrawn, by a body's administrators or the operator ---- */

enum { CN_SCOPE_REASON_MAX = 1000, CN_SCOPE_FIELDS_MAX = 500 }; /* bytes */

/* CONFLICT "scope.given": it is to be none any more, and organisations provide by its scopes. */
CN_MUST_USE bool cn_app_quality_body_set(const cn_app *app, cn_time now, const cn_organisation *which, bool body,
                                         cn_err *err);

/* Of `what`: organisation.number, body.number, purpose, fields, kinds, level_framework and level_most, valid_from
 * (0: now) and valid_until. `by`: the person; 0: the operator. DENIED "scope.body": it is no quality body; INVALID
 * "scope.self", "scope.purpose", "scope.fields", "scope.kinds", "scope.level", "scope.dates". */
CN_MUST_USE bool cn_app_scope_grant(cn_arena *a, const cn_app *app, cn_time now, int64_t by,
                                    const cn_stored_scope *what, cn_slice *id, cn_err *err);
/* NOT_FOUND "store.none": the body gave none of that id, or has withdrawn it; INVALID "scope.reason": none is
 * given, or a long one. */
CN_MUST_USE bool cn_app_scope_withdraw(const cn_app *app, cn_time now, int64_t by, int64_t body, cn_slice id,
                                       cn_slice reason, cn_err *err);

typedef struct cn_scopes {
    cn_stored_scope *v; /* those that are not withdrawn first */
    size_t n;
} cn_scopes;

CN_MUST_USE bool cn_app_scope_get(cn_arena *a, const cn_app *app, cn_slice id, cn_stored_scope *out, cn_err *err);
CN_MUST_USE bool cn_app_scopes_given(cn_arena *a, const cn_app *app, int64_t body, cn_scopes *out, cn_err *err);
/* For a purpose, or any (empty). */
CN_MUST_USE bool cn_app_scopes_had(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice purpose,
                                   cn_scopes *out, cn_err *err);

/* Those that the organisation has or gave, that end within so many days or have ended; the first first. */
CN_MUST_USE bool cn_app_scopes_due(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int days,
                                   cn_scopes *out, cn_err *err);

/* "early", "force", "ended", "withdrawn". Static. */
cn_slice cn_scope_state(const cn_stored_scope *scope, cn_time at);

/* ---- May it? ---- */

typedef struct cn_scope_answer {
    bool allowed;
    bool bound;    /* a body has registered it for the purpose, be it long ago */
    cn_slice word; /* why not, static: "none" (no body has said so), "withdrawn", "ended", "early", "kind-unstated"
                      (it does not say of what kind it is), "kind", "unclassified" (it names no code of the systems
                      that the scope names), "field", "level-unstated", "level" */
    cn_stored_scope scope; /* that allows it, or comes nearest; its id is empty where there is none */
    cn_slice outside; /* "cip 52.03", "EQF 7", "digital-badge": what the design says that lies outside; or empty */
} cn_scope_answer;

/* May the organisation provide, or endorse, what the design describes (NULL: it says nothing)? A code that lies
 * outside is enough to say no: a design whose CIP code fits and whose NOC code does not is outside. */
CN_MUST_USE bool cn_app_scope_allows(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice purpose,
                                     const cn_json *design, cn_time at, cn_scope_answer *out, cn_err *err);
/* The answer no as an error: DENIED "scope.none", "scope.withdrawn", "scope.ended", "scope.early",
 * "scope.kind-unstated", "scope.kind", "scope.unclassified", "scope.field", "scope.level-unstated", "scope.level".
 */
bool cn_scope_refuse(const cn_scope_answer *no, cn_err *err);

#endif
