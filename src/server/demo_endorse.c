/* SPDX-License-Identifier: Apache-2.0
 *
 * The demonstration's endorsements: a quality body that lets employers endorse, and what these confirm and accept.
 */
#include "server/demo_endorse.h"

#include "app/endorsements.h"
#include "app/scopes.h"

#include "base/base.h"

enum { MONTHS = 24 };

static cn_bilingual both(const cn_json *from, cn_slice member) {
    const cn_json *words = cn_json_get(from, member);
    return (cn_bilingual){cn_json_get_text(words, CN_S("en")), cn_json_get_text(words, CN_S("fr"))};
}

bool cn_demo_allow(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *body,
                   const cn_organisation *endorser, cn_err *err) {
    cn_scopes had;
    cn_slice id;
    cn_stored_scope scope = {
        .organisation.number = endorser->number, .body.number = body->number, .purpose = CN_S("endorse")};
    if (!cn_app_scopes_had(a, app, endorser->number, scope.purpose, &had, err)) return false;
    return had.n || (cn_app_quality_body_set(app, now, body, true, err) &&
                     cn_app_scope_grant(a, app, now, 0, &scope, &id, err));
}

static bool has_signed(cn_arena *a, const cn_app *app, const cn_organisation *by, const cn_version *version,
                       bool acceptance, bool *out, cn_err *err) {
    cn_endorsements all;
    *out = false;
    if (!cn_app_endorsements_of(a, app, version->achievement_id, acceptance, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++) *out = *out || all.v[i].organisation == by->number;
    return true;
}

/* The request that waits, or else a new one. */
static bool asked(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *by,
                  const cn_version *version, cn_slice *id, cn_err *err) {
    cn_endorsement_requests all;
    cn_endorsement_ask ask = {
        .organisation = version->organisation, .achievement_id = version->achievement_id, .whom = by->id};
    if (!cn_app_endorsement_requests_to(a, app, by->number, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (cn_slice_eq(all.v[i].achievement_id, version->achievement_id)) return *id = all.v[i].id, true;
    return cn_app_endorsement_ask(a, app, now, &ask, id, err);
}

static bool endorse(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *by,
                    const cn_version *version, const cn_json *from, cn_err *err) {
    cn_endorsable is;
    cn_slice id;
    cn_endorse what = {.organisation = by->number,
                       .language = CN_S("en"),
                       .scope = both(from, CN_S("scope")),
                       .comment = both(from, CN_S("comment")),
                       .months = MONTHS};
    if (!asked(a, app, now, by, version, &what.request, err) ||
        !cn_app_endorsable(a, app, version->organisation, version->achievement_id, version->version, &is, err))
        return false;
    cn_slice *keys = CN_NEW_ARRAY(a, cn_slice, is.parts_n);
    if (!keys) return cn_fail_memory(err);
    for (size_t i = 0; i < is.parts_n; i++) keys[i] = is.parts[i].key;
    what.keys = keys;
    what.keys_n = is.parts_n;
    return cn_app_endorsement_give(a, app, now, &what, &id, err);
}

static bool accept_it(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *by,
                      const cn_version *version, const cn_json *from, cn_err *err) {
    cn_slice word = cn_json_get_text(from, CN_S("accepts")), id;
    cn_accept what = {.organisation = by->number,
                      .achievement_id = version->achievement_id,
                      .language = CN_S("en"),
                      .words = &word,
                      .words_n = 1,
                      .occupation = cn_json_get_text(from, CN_S("noc")),
                      .scope = both(from, CN_S("scope")),
                      .months = MONTHS};
    return !word.n || cn_app_acceptance_give(a, app, now, &what, &id, err);
}

bool cn_demo_endorse(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *by,
                     const cn_version *version, const cn_json *from, cn_err *err) {
    bool endorsed, accepted;
    return has_signed(a, app, by, version, false, &endorsed, err) &&
           has_signed(a, app, by, version, true, &accepted, err) &&
           (endorsed || endorse(a, app, now, by, version, from, err)) &&
           (accepted || accept_it(a, app, now, by, version, from, err));
}
