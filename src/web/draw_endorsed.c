/* SPDX-License-Identifier: Apache-2.0
 *
 * The endorsements in a credential as they are drawn: who signed each, what it confirms, and what the verification
 * of each came to. What did not verify is shown with that word beside it, and with nobody's registered name.
 */
#include "vc/registry.h"
#include "vc/summary.h"
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

typedef struct drawing {
    const cn_making *m;
    const cn_hidden *h;
    cn_err *err;
} drawing;

static cn_slice show(const drawing *d, cn_slice text) {
    return cn_slice_trim(cn_hidden_show(d->h, text));
}

/* ---- What it came to ---- */

static void say_state(const drawing *d, const cn_part *p, cn_view_part *out) {
    cn_msg words = CN_MSG_result_part_verified;
    out->kind = CN_S("changed");
    if (p->ended) words = strcmp(p->problem, "revoked") ? CN_MSG_result_part_ended : CN_MSG_result_part_revoked;
    else if (p->verdict == CN_NOT_VERIFIED) words = CN_MSG_result_part_failed;
    else if (p->verdict == CN_VERDICT_UNKNOWN) words = CN_MSG_result_part_unknown;
    else if (p->elsewhere) words = CN_MSG_result_part_elsewhere;
    else out->kind = CN_S("published");
    out->state = cn_message(d->m->language, words);
}

/* The registry that knows it; this server's own organisations bear the name of its address (cn_app_registry). */
static cn_slice source_of(const drawing *d, cn_slice list) {
    const cn_app *app = d->m->web->app;
    bool here = app && cn_slice_eq(list, cn_app_authority(app->origin));
    return cn_making_text(d->m, here ? CN_MSG_result_by_here : CN_MSG_result_by_listed, show(d, list),
                          (cn_slice){0});
}

/* The registry's name for whoever is proven to have signed, be it that it has ended since. Of who is in none, the
 * site that its key was fetched from is proven, and the name it gives itself is not; and where nothing is proven,
 * it is only what it says of itself. */
static void say_who(const drawing *d, const cn_part *p, cn_view_part *out) {
    const cn_json *issuer = cn_json_get(p->credential, CN_S("issuer"));
    cn_slice known = cn_known_issuer_name(&p->known, cn_language_tag(d->m->language));
    cn_slice claimed = show(d, cn_draw_language(d->m, cn_json_get(issuer, CN_S("name"))));
    cn_slice host = cn_host_of(p->controller);
    bool proven = p->verdict == CN_VERIFIED || p->ended;
    if (known.n && proven) {
        out->who = show(d, known);
        out->source = source_of(d, p->known.list);
        return;
    }
    if (!claimed.n) claimed = show(d, p->issuer);
    if (proven && claimed.n && p->controller.n && !cn_slice_eq(host, p->controller))
        out->note = cn_making_text(d->m, CN_MSG_result_by_site, claimed, show(d, host));
    else
        out->note = claimed.n ? cn_making_text(d->m, CN_MSG_result_by_claimed, claimed, (cn_slice){0})
                              : cn_message(d->m->language, CN_MSG_result_by_unnamed);
}

/* ---- What it says ---- */

cn_slice cn_draw_language(const cn_making *m, const cn_json *texts) {
    cn_slice tag = cn_language_tag(m->language);
    for (size_t i = 0; i < cn_json_many(texts); i++)
        if (cn_slice_eq(cn_json_get_text(cn_json_one(texts, i), CN_S("@language")), tag))
            return cn_text_value(cn_json_one(texts, i));
    return cn_text_value(cn_json_one(texts, 0));
}

/* The National Occupational Classification by its name in the page's language. */
static cn_slice occupation(const cn_making *m, cn_slice code) {
    cn_slice out, english = CN_S("NOC ");
    if (m->language != CN_FR || !cn_slice_starts(code, english)) return code;
    return cn_arena_print(m->rq->arena, &out, "CNP %.*s", CN_ARG(cn_slice_from(code, english.n))) ? out : code;
}

/* A claim that this program has no words for is not shown; the comment says it. */
bool cn_draw_claims(const cn_making *m, const cn_hidden *h, const cn_endorsements_read *read,
                    cn_view_claimed **out, size_t *n, cn_err *err) {
    cn_view_claimed *all = CN_NEW_ARRAY(m->rq->arena, cn_view_claimed, read->n);
    if (!all) return cn_fail_memory(err);
    *n = 0;
    for (size_t i = 0; i < read->n; i++) {
        const cn_endorsed *e = &read->v[i];
        cn_msg words;
        if (!cn_message_find(CN_MSG_FAMILY("endorsement-claim"), e->claim, NULL, &words)) continue;
        bool named = cn_slice_eq(e->claim, CN_S("in_demand"));
        cn_slice name = named ? cn_draw_language(m, e->name) : occupation(m, e->occupation);
        all[(*n)++] = (cn_view_claimed){cn_message(m->language, words), cn_hidden_show(h, name)};
    }
    *out = all;
    return true;
}

static bool draw(const drawing *d, const cn_part *p, cn_view_part *out) {
    cn_endorsements_read read;
    *out = (cn_view_part){0};
    say_state(d, p, out);
    say_who(d, p, out);
    if (!p->credential) return true;
    if (!cn_endorsement_read(d->m->rq->arena, p->credential, cn_language_tag(d->m->language), &read, d->err))
        return false;
    out->scope = show(d, read.scope);
    out->comment = show(d, read.comment);
    out->from = cn_words_date_of(d->m, show(d, cn_json_get_text(p->credential, CN_S("validFrom"))));
    out->until = cn_words_date_of(d->m, show(d, cn_json_get_text(p->credential, CN_S("validUntil"))));
    return cn_draw_claims(d->m, d->h, &read, &out->claims, &out->claims_n, d->err);
}

bool cn_draw_endorsed(const cn_making *m, const cn_hidden *h, const cn_report *report, cn_view_parts *out,
                      cn_err *err) {
    drawing d = {m, h, err};
    *out = (cn_view_parts){.v = CN_NEW_ARRAY(m->rq->arena, cn_view_part, report->endorsements_n)};
    if (!out->v) return cn_fail_memory(err);
    for (; out->n < report->endorsements_n; out->n++)
        if (!draw(&d, &report->endorsements[out->n], &out->v[out->n])) return false;
    return true;
}
