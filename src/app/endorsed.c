/* SPDX-License-Identifier: Apache-2.0
 *
 * The endorsements and acceptances there are: which count, which an award carries, what they say in a record; and
 * declaring for what an achievement is accepted.
 */
#include "app/endorsements_inside.h"
#include "app/scopes.h"

/* ---- Which count ---- */

bool cn_app_endorsement_get(cn_arena *a, const cn_app *app, cn_slice id, cn_endorsement *out, cn_err *err) {
    return cn_store_endorsement(a, app->store, id, out, err);
}

bool cn_app_endorsements_by(cn_arena *a, const cn_app *app, int64_t organisation, bool acceptance,
                            cn_endorsements *out, cn_err *err) {
    return cn_store_endorsements_by(a, app->store, organisation, acceptance, out, err);
}

bool cn_app_endorsements_of(cn_arena *a, const cn_app *app, cn_slice achievement_id, bool acceptance,
                            cn_endorsements *out, cn_err *err) {
    return cn_store_endorsements_of(a, app->store, achievement_id, acceptance, out, err);
}

/* A digest of the first form says nothing of codes and levels. It stands where they could not be changed, since
 * the version was published before, or where they lie within the scope that the endorser had when it signed. */
static bool first_form_holds(cn_arena *a, const cn_app *app, const cn_endorsement *e, const cn_endorsable *what,
                             bool *holds, cn_err *err) {
    cn_scope_answer answer;
    *holds = cn_slice_eq(e->digest, what->digest_of_first_form);
    if (!*holds || (what->published_at.sec && what->published_at.sec < e->given_at.sec)) return true;
    if (!cn_app_scope_allows(a, app, e->organisation, CN_S("endorse"), what->draft.design, e->given_at, &answer,
                             err))
        return false;
    *holds = answer.allowed;
    return true;
}

bool cn_app_endorsement_state(cn_arena *a, const cn_app *app, const cn_endorsement *e, const cn_endorsable *what,
                              cn_time now, cn_endorsement_state *out, cn_err *err) {
    bool same = !what || (e->version == what->version && cn_slice_eq(e->digest, what->digest));
    *out = e->revoked_at.sec               ? CN_ENDORSEMENT_REVOKED
           : e->valid_until.sec <= now.sec ? CN_ENDORSEMENT_ENDED
                                           : CN_ENDORSEMENT_HOLDS;
    if (*out != CN_ENDORSEMENT_HOLDS || same) return true;
    if (e->version == what->version && !first_form_holds(a, app, e, what, &same, err)) return false;
    if (!same) *out = CN_ENDORSEMENT_OTHER;
    return true;
}

static bool has_from(const cn_endorsements *list, int64_t organisation) {
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].organisation == organisation) return true;
    return false;
}

/* They come with the newest first. */
static bool keep_holding(cn_arena *a, const cn_app *app, const cn_endorsements *all, const cn_endorsable *what,
                         cn_time now, size_t max, cn_endorsements *out, cn_err *err) {
    out->v = all->v;
    out->n = 0;
    for (size_t i = 0; i < all->n && out->n < max; i++) {
        const cn_endorsement *e = &all->v[i];
        cn_endorsement_state state;
        if (!cn_app_endorsement_state(a, app, e, what, now, &state, err)) return false;
        if (state == CN_ENDORSEMENT_HOLDS && !has_from(out, e->organisation)) out->v[out->n++] = *e;
    }
    return true;
}

bool cn_app_endorsements_holding(cn_arena *a, const cn_app *app, cn_time now, const cn_endorsable *what,
                                 size_t max, cn_endorsements *out, cn_err *err) {
    cn_endorsements all;
    return cn_app_endorsements_of(a, app, what->achievement_id, false, &all, err) &&
           keep_holding(a, app, &all, what, now, max, out, err);
}

bool cn_app_acceptances_holding(cn_arena *a, const cn_app *app, cn_time now, cn_slice achievement_id,
                                cn_endorsements *out, cn_err *err) {
    cn_endorsements all;
    return cn_app_endorsements_of(a, app, achievement_id, true, &all, err) &&
           keep_holding(a, app, &all, NULL, now, SIZE_MAX, out, err);
}

/* ---- In awards and records ---- */

bool cn_app_endorsements_carried(cn_arena *a, const cn_app *app, cn_time now, const cn_version *version,
                                 const cn_json ***out, size_t *n, cn_err *err) {
    cn_endorsable is;
    cn_endorsements holding;
    if (!cn_app_endorsable(a, app, version->organisation, version->achievement_id, version->version, &is, err) ||
        !cn_app_endorsements_holding(a, app, now, &is, CN_ENDORSEMENTS_CARRIED, &holding, err))
        return false;
    const cn_json **all = CN_NEW_ARRAY(a, const cn_json *, holding.n);
    if (!all) return cn_fail_memory(err);
    for (size_t i = 0; i < holding.n; i++)
        if (!cn_json_read(a, holding.v[i].document, NULL, &all[i], err)) return false;
    *out = all;
    *n = holding.n;
    return true;
}

static bool push_words(cn_arena *a, cn_json *list, cn_slice words) {
    for (cn_slice one; words.n;) {
        (void)cn_slice_cut(words, ' ', &one, &words);
        if (!cn_json_push(a, list, cn_json_string(a, one))) return false;
    }
    return true;
}

static bool push_record(cn_arena *a, cn_json *list, const cn_endorsement *e) {
    cn_json *one = cn_json_object(a), *confirms = cn_json_array(a);
    return one && confirms && push_words(a, confirms, e->claims) &&
           cn_json_set(a, one, CN_S("org"), cn_json_string(a, e->organisation_en)) &&
           cn_json_set(a, one, CN_S("confirms"), confirms) && cn_json_push(a, list, one);
}

/* Few have any: the digest is made where there is something to hold it against. */
bool cn_app_endorsements_record(cn_arena *a, const cn_app *app, cn_time now, const cn_achievement *is,
                                const cn_json **out, cn_err *err) {
    cn_endorsable what;
    cn_endorsements all, holding;
    *out = NULL;
    if (!cn_app_endorsements_of(a, app, is->id, false, &all, err)) return false;
    if (!all.n) return true;
    if (!cn_app_endorsable_draft(a, app, is, &what, err) ||
        !keep_holding(a, app, &all, &what, now, SIZE_MAX, &holding, err))
        return false;
    cn_json *list = cn_json_array(a);
    for (size_t i = 0; list && i < holding.n; i++)
        if (!push_record(a, list, &holding.v[i])) return cn_fail_memory(err);
    *out = holding.n ? list : NULL;
    return list || cn_fail_memory(err);
}

/* ---- Checking ---- */

/* Keys and lists of this server are asked of its own database, also where an organisation signs as a domain of its
 * own: no page makes anybody outside answer. */
bool cn_app_endorsement_check(cn_arena *a, const cn_app *app, cn_time now, const cn_endorsement *e, cn_report *out,
                              cn_err *err) {
    cn_app self = *app;
    cn_loader own = {&self, cn_app_known_load};
    cn_verify_options how = {.crypto = app->crypto,
                             .contexts = app->contexts,
                             .processed = app->processed,
                             .resolver = &own,
                             .now = now,
                             .strict_bitstring = true};
    return cn_verify(a, e->document, &how, out, err);
}

/* ---- Acceptances ---- */

/* "12200", "12": the beginning of a NOC code. */
static bool check_occupation(cn_slice code, cn_err *err) {
    bool good = code.n <= 5;
    for (size_t i = 0; i < code.n; i++) good = good && code.p[i] >= '0' && code.p[i] <= '9';
    return good || cn_fail(err, CN_INVALID, "endorsement.occupation", "A NOC code has at most five digits.");
}

static bool claims_of(cn_arena *a, const cn_accept *what, cn_form_endorsement *f, cn_err *err) {
    cn_form_claim *claims = CN_NEW_ARRAY(a, cn_form_claim, what->words_n);
    cn_slice occupation = {0};
    if (!claims) return cn_fail_memory(err);
    if (what->occupation.n && !cn_arena_print(a, &occupation, "NOC %.*s", CN_ARG(what->occupation)))
        return cn_fail_memory(err);
    for (size_t i = 0; i < what->words_n; i++)
        claims[i] = (cn_form_claim){.claim = what->words[i], .occupation = occupation};
    f->claims = claims;
    f->claims_n = what->words_n;
    return true;
}

/* It is of the achievement, whatever its version: its address stays when the next is published. */
static bool subject_of(cn_arena *a, const cn_app *app, cn_slice id, cn_slice *out, cn_err *err) {
    return cn_arena_print(a, out, "%.*s/achievements/%.*s", CN_ARG(app->origin), CN_ARG(id)) ||
           cn_fail_memory(err);
}

bool cn_app_acceptance_give(cn_arena *a, const cn_app *app, cn_time now, const cn_accept *what, cn_slice *id,
                            cn_err *err) {
    cn_version version;
    cn_form_endorsement facts = {.language = what->language, .scope = what->scope, .comment = what->comment};
    cn_endorsement row = {.organisation = what->organisation, .acceptance = true};
    cn_endorsing work = {what->by, what->months, &row, &facts, {0}, "acceptance.given"};
    if (!cn_app_version_of(a, app, what->achievement_id, 0, &version, err)) return false;
    if (version.organisation == what->organisation)
        return cn_fail(err, CN_INVALID, "endorsement.whom", "An organisation accepts what others award.");
    if (!check_occupation(what->occupation, err) || !claims_of(a, what, &facts, err)) return false;
    row.achievement_id = version.achievement_id;
    facts.subject_name = (cn_bilingual){version.en.name, version.fr.name};
    if (!subject_of(a, app, version.achievement_id, &facts.subject, err)) return false;
    if (!cn_endorsement_sign(a, app, now, &work, err)) return false;
    *id = row.id;
    return true;
}
