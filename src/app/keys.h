/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom an organisation signs as, with which key, and how it takes back what it signed (docs/decisions/0011).
 *
 * An organisation gets its first key when it is needed. It signs as that key (did:key) or as a domain of its own
 * (did:web). A retired key awards no more, but stays published, and goes on signing the status lists it has begun.
 */
#ifndef CN_APP_KEYS_H
#define CN_APP_KEYS_H

#include "app/form.h"
#include "app/people.h"
#include "store/keys.h"
#include "vc/vc.h"

/* ---- Signing ---- */

typedef struct cn_signer {
    int64_t key;
    cn_slice issuer, method;
    cn_private_key private_key; /* wiped by cn_signer_wipe */
} cn_signer;

/* The key that the organisation awards with now, made if there is none. UNAVAILABLE "keys.master": this server has
 * no master key, or another than the one that sealed it. */
CN_MUST_USE bool cn_app_signer(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, cn_signer *out,
                               cn_err *err);
void cn_signer_wipe(cn_signer *s);

/* The signed credential, as text. The issuer and whether it is a demonstration are filled in here, the other facts
 * are the caller's. The errors of cn_form_credential and cn_form_sign. */
CN_MUST_USE bool cn_app_award_sign(cn_arena *a, const cn_app *app, cn_time now, const cn_signer *signer,
                                   const cn_form_award *facts, cn_slice *document, cn_err *err);

/* ---- Status ---- */

/* Places for n awards in lists of the signer's key, in a transaction of its own: places that are then not used are
 * lost, which does no harm. A list is published before its first place is given out. */
CN_MUST_USE bool cn_app_status_reserve(cn_arena *a, const cn_app *app, cn_time now, const cn_signer *signer,
                                       size_t n, cn_status_place *places, cn_err *err);
/* Signs a list anew, from the awards that are revoked. */
CN_MUST_USE bool cn_app_status_publish(cn_arena *a, const cn_app *app, cn_time now, int64_t list, cn_err *err);
/* The published list. NOT_FOUND "store.none". */
CN_MUST_USE bool cn_app_status_get(cn_arena *a, const cn_app *app, cn_slice id, cn_stored_status *out,
                                   cn_err *err);

/* The neutral words that a revocation may carry in public; static. */
extern const cn_slice cn_revoke_codes[];
extern const size_t cn_revoke_codes_n;

/* Revokes an award of an organisation for good: its page, the list and the audit say so at once, and its holder
 * gets a mail. `by`: the person who does it. Again: `*done` false. NOT_FOUND "store.none"; INVALID "revoke.code",
 * "revoke.reason" (longer than 1,000 bytes); UNAVAILABLE "keys.master". */
typedef struct cn_revoke {
    int64_t organisation, by;
    cn_slice award, code, reason;
} cn_revoke;
CN_MUST_USE bool cn_app_award_revoke(cn_arena *a, const cn_app *app, cn_time now, const cn_revoke *what,
                                     bool *done, cn_err *err);

/* When an award of this server was revoked, and the neutral word. `at` is 0 where the report has not found it
 * revoked, or what was verified is no award of this server with the signature that this server made. */
typedef struct cn_revoked {
    cn_time at;
    cn_slice code;
} cn_revoked;
CN_MUST_USE bool cn_app_revoked(cn_arena *a, const cn_app *app, const cn_report *report, cn_revoked *out,
                                cn_err *err);

/* ---- Keys ---- */

/* Those of an organisation, the latest first; the first key is made if there is none and can be. */
CN_MUST_USE bool cn_app_keys(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                             cn_stored_keys *out, cn_err *err);
/* Retires the key at work and makes the next, which signs as did:key: a domain has to be checked anew. */
CN_MUST_USE bool cn_app_key_retire(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                   cn_err *err);

/* ---- Documents ---- */

/* The controller document of an organisation, ORIGIN/issuers/ID, as JSON text: every key it has signed with, as
 * whom, from when to when. */
CN_MUST_USE bool cn_app_controller(cn_arena *a, const cn_app *app, const cn_organisation *organisation,
                                   cn_slice *out, cn_err *err);
/* The did.json that the organisation has to publish at https://DOMAIN/.well-known/did.json. INVALID
 * "domain.form". */
CN_MUST_USE bool cn_app_did_document(cn_arena *a, const cn_app *app, cn_time now,
                                     const cn_organisation *organisation, cn_slice domain, cn_slice *out,
                                     cn_err *err);
/* Reads that file back from the domain and, where it lists every key, signs as did:web:DOMAIN from now on. An
 * empty domain goes back to did:key. INVALID "domain.form", "domain.other" (the file is about another),
 * "domain.keys" (a key is missing), "domain.json"; the errors of the resolver. */
CN_MUST_USE bool cn_app_domain_use(cn_arena *a, const cn_app *app, const cn_loader *resolver, cn_time now,
                                   int64_t organisation, int64_t by, cn_slice domain, cn_err *err);

/* ---- This server's own answers ---- */

/* Documents of this origin from the store: status lists, controller documents. `self` is a const cn_app. */
bool cn_app_own_load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err);
/* The same, and the did:web documents of organisations of this server, from the keys that it keeps: for what they
 * signed here, without asking anybody. NOT_FOUND for any other. */
bool cn_app_known_load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err);

/* A registry that knows the organisations of this server, before another one. */
typedef struct cn_own_registry {
    const cn_app *app;
    const cn_registry *other; /* NULL: none */
} cn_own_registry;
/* `own` must live as long as the answer. */
cn_registry cn_app_registry(cn_own_registry *own);

#endif
