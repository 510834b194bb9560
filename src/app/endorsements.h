/* SPDX-License-Identifier: Apache-2.0
 *
 * Endorsements: what another organisation, an employer or an association, signs about an achievement, claim by
 * claim; and acceptances: for what an employer takes it (docs/decisions/0015-endorsements.md).
 *
 * An institution asks an organisation of this server. Who may sign for that one looks at the version, or at the
 * draft that will be one, ticks what is so, and signs, within the scope that a quality body gave. A signature is
 * of the texts that were looked at: where a draft is published with others, it does not count for them.
 *
 * Who may sign is written to when something is asked; who asked, when it is given, declined or revoked: in the
 * transaction of what the letter tells of.
 */
#ifndef CN_APP_ENDORSEMENTS_H
#define CN_APP_ENDORSEMENTS_H

#include "app/achievements.h"
#include "app/keys.h"
#include "store/endorsements.h"

/* ---- What can be endorsed ---- */

/* A competency or outcome, of which "in_demand" can be said, or the assessment, that it reflects the job. */
typedef struct cn_endorsable_part {
    cn_slice claim; /* static: a word of cn_form_claims */
    cn_slice key;   /* "in_demand:outcome-1": what a form sends; on the arena */
    cn_slice url;
    cn_bilingual name;
} cn_endorsable_part;

typedef struct cn_endorsable {
    cn_slice achievement_id;
    int version;
    int64_t organisation; /* whose achievement */
    bool published;       /* otherwise it is the draft, which will be that version */
    cn_draft draft;
    cn_endorsable_part *parts;
    size_t parts_n;
    cn_time published_at; /* of that version; 0: it is not published yet */
    cn_slice digest;      /* "2:" and that of names, outcomes, criteria, competencies, assessment, classification,
                             levels and kind */
    cn_slice digest_of_first_form; /* without the last three, which rows of before have */
} cn_endorsable;

/* A version; of the organisation's own, also the one after the latest: its draft. NOT_FOUND "store.none". */
CN_MUST_USE bool cn_app_endorsable(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice achievement_id,
                                   int version, cn_endorsable *out, cn_err *err);

/* The draft at hand, as what it will be, or is: the latest version. */
CN_MUST_USE bool cn_app_endorsable_draft(cn_arena *a, const cn_app *app, const cn_achievement *is,
                                         cn_endorsable *out, cn_err *err);

/* ---- Requests ---- */

enum { CN_ENDORSEMENT_MESSAGE_MAX = 1000, CN_ENDORSEMENT_SCOPE_MAX = 300 }; /* bytes */

typedef struct cn_endorsement_ask {
    int64_t organisation, by; /* who asks */
    cn_slice achievement_id;
    cn_slice whom; /* id of an organisation */
    cn_slice message;
} cn_endorsement_ask;
/* Asks for what is published, or for the draft where that says something else. INVALID "endorsement.whom" (none of
 * this server, or oneself), "endorsement.text"; CONFLICT "endorsement.asked". */
CN_MUST_USE bool cn_app_endorsement_ask(cn_arena *a, const cn_app *app, cn_time now, const cn_endorsement_ask *ask,
                                        cn_slice *id, cn_err *err);
/* To an organisation; the newest first. */
CN_MUST_USE bool cn_app_endorsement_requests_to(cn_arena *a, const cn_app *app, int64_t organisation,
                                                cn_endorsement_requests *out, cn_err *err);
CN_MUST_USE bool cn_app_endorsement_requests_of(cn_arena *a, const cn_app *app, cn_slice achievement_id,
                                                cn_endorsement_requests *out, cn_err *err);
/* One to the organisation. NOT_FOUND "store.none". */
CN_MUST_USE bool cn_app_endorsement_request(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id,
                                            cn_endorsement_request *out, cn_err *err);
/* By who was asked. CONFLICT "endorsement.answered"; INVALID "endorsement.text". */
CN_MUST_USE bool cn_app_endorsement_decline(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                            int64_t by, cn_slice id, cn_slice reason, cn_err *err);
/* By who asked. */
CN_MUST_USE bool cn_app_endorsement_withdraw(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                             int64_t by, cn_slice id, cn_err *err);

/* ---- Signing ---- */

extern const int cn_endorsement_months[]; /* how long one may hold; ends with 0 */

typedef struct cn_endorse {
    int64_t organisation, by; /* who signs */
    cn_slice request;         /* its id */
    cn_slice seen;            /* digest of what was looked at; empty: whatever it is */
    cn_slice language;        /* of the plain texts */
    const cn_slice *keys;     /* of parts: what is stated */
    size_t keys_n;
    cn_bilingual scope, comment;
    int months;
} cn_endorse;
/* CONFLICT "endorsement.answered", "endorsement.changed" (it was looked at before the draft was changed); INVALID
 * "endorsement.claims", "endorsement.scope", "endorsement.text", "endorsement.months"; DENIED "scope.…"
 * (app/scopes.h); UNAVAILABLE "keys.master". */
CN_MUST_USE bool cn_app_endorsement_give(cn_arena *a, const cn_app *app, cn_time now, const cn_endorse *what,
                                         cn_slice *id, cn_err *err);

typedef struct cn_accept {
    int64_t organisation, by;
    cn_slice achievement_id; /* of any organisation; published */
    cn_slice language;
    const cn_slice *words; /* of cn_form_claims */
    size_t words_n;
    cn_slice occupation; /* NOC code; may be empty */
    cn_bilingual scope, comment;
    int months;
} cn_accept;
/* The errors of the former; NOT_FOUND "store.none"; INVALID "endorsement.occupation", "endorsement.whom" (it is
 * its own). */
CN_MUST_USE bool cn_app_acceptance_give(cn_arena *a, const cn_app *app, cn_time now, const cn_accept *what,
                                        cn_slice *id, cn_err *err);

/* Of either kind, by who signed it; `award` is its id. As cn_app_award_revoke; the letter goes to who had asked.
 */
CN_MUST_USE bool cn_app_endorsement_revoke(cn_arena *a, const cn_app *app, cn_time now, const cn_revoke *what,
                                           bool *done, cn_err *err);

/* ---- What there is ---- */

CN_MUST_USE bool cn_app_endorsement_get(cn_arena *a, const cn_app *app, cn_slice id, cn_endorsement *out,
                                        cn_err *err);
CN_MUST_USE bool cn_app_endorsements_by(cn_arena *a, const cn_app *app, int64_t organisation, bool acceptance,
                                        cn_endorsements *out, cn_err *err);
CN_MUST_USE bool cn_app_endorsements_of(cn_arena *a, const cn_app *app, cn_slice achievement_id, bool acceptance,
                                        cn_endorsements *out, cn_err *err);

/* Does it count? `what`: the version it is asked for; NULL for acceptances. */
typedef enum cn_endorsement_state {
    CN_ENDORSEMENT_HOLDS,
    CN_ENDORSEMENT_REVOKED,
    CN_ENDORSEMENT_ENDED,
    CN_ENDORSEMENT_OTHER, /* of another version, or of texts, codes or levels that were changed before it was
                             published */
} cn_endorsement_state;
CN_MUST_USE bool cn_app_endorsement_state(cn_arena *a, const cn_app *app, const cn_endorsement *e,
                                          const cn_endorsable *what, cn_time now, cn_endorsement_state *out,
                                          cn_err *err);

enum { CN_ENDORSEMENTS_CARRIED = 6 }; /* a credential carries at most so many */

/* Those that hold for it, the newest of each organisation, at most `max`. */
CN_MUST_USE bool cn_app_endorsements_holding(cn_arena *a, const cn_app *app, cn_time now,
                                             const cn_endorsable *what, size_t max, cn_endorsements *out,
                                             cn_err *err);
/* Acceptances that hold, the newest of each organisation. */
CN_MUST_USE bool cn_app_acceptances_holding(cn_arena *a, const cn_app *app, cn_time now, cn_slice achievement_id,
                                            cn_endorsements *out, cn_err *err);
/* The signed documents that an award of the version carries. */
CN_MUST_USE bool cn_app_endorsements_carried(cn_arena *a, const cn_app *app, cn_time now,
                                             const cn_version *version, const cn_json ***out, size_t *n,
                                             cn_err *err);
/* The same for a record of packs of rules: [{"org", "confirms": ["in_demand"…]}…]; NULL where there are none. */
CN_MUST_USE bool cn_app_endorsements_record(cn_arena *a, const cn_app *app, cn_time now,
                                            const cn_achievement *achievement, const cn_json **out, cn_err *err);

/* Is the signed document good at this moment, by what this server knows: its signature, its dates, its status? */
CN_MUST_USE bool cn_app_endorsement_check(cn_arena *a, const cn_app *app, cn_time now, const cn_endorsement *e,
                                          cn_report *out, cn_err *err);

#endif
