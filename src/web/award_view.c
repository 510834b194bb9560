/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages about an award share: the award in short, its addresses, neutral words for a revocation.
 */
#include "app/achievements.h"
#include "web/claims.h"
#include "web/messages.h"
#include "web/session.h"

#include "base/base.h"

int64_t cn_web_person(const cn_request *rq) {
    const cn_session *session = cn_web_session(rq);
    return session ? session->person.number : 0;
}

cn_slice cn_credential_path(const cn_making *m, cn_slice id, const char *rest) {
    cn_slice path;
    return cn_arena_print(m->rq->arena, &path, "/credentials/%.*s%s", CN_ARG(id), rest) ? path : CN_S("/");
}

cn_slice cn_web_revoke_words(const cn_making *m, cn_slice code) {
    cn_msg message;
    bool known = cn_message_find(CN_MSG_FAMILY("revoke-code"), code, NULL, &message);
    return cn_message(m->language, known ? message : CN_MSG_revoke_code_withdrawn);
}

void cn_web_finish_field(cn_view_field *f, cn_slice input_class, cn_slice hint, cn_slice hint_and_error) {
    f->described = f->error.n ? hint_and_error : hint;
    if (!f->error.n) return;
    f->group_class = CN_S(" govuk-form-group--error");
    f->input_class = input_class;
}

static void name_state(const cn_making *m, const cn_credential *c, cn_view_award *out) {
    bool revoked = c->revoked_at.sec, expired = c->valid_until.sec && c->valid_until.sec <= m->rq->now.sec;
    if (!revoked && !expired && c->page_on) return;
    out->kind = revoked ? CN_S("fail") : expired ? CN_S("unknown") : CN_S("na");
    out->state = cn_message(m->language, revoked   ? CN_MSG_held_revoked
                                         : expired ? CN_MSG_held_expired
                                                   : CN_MSG_held_off);
}

/* It stays what it was made under, whatever is published later. */
static cn_slice name_edition(const cn_making *m, const cn_version *v) {
    cn_slice own = {0}, latest = {0};
    bool fits = cn_arena_print(m->rq->arena, &own, "%d", v->version) &&
                cn_arena_print(m->rq->arena, &latest, "%d", v->latest);
    if (!fits) return (cn_slice){0};
    return cn_making_text(m, v->version < v->latest ? CN_MSG_award_edition_old : CN_MSG_award_edition, own,
                          latest);
}

bool cn_web_award_view(const cn_making *m, const cn_credential *c, cn_view_award *out, cn_err *err) {
    cn_arena *a = m->rq->arena;
    cn_version version;
    cn_slice at, image;
    if (!cn_app_version_get(a, m->web->app, c->version_number, &version, err)) return false;
    if (!cn_arena_print(a, &at, "/achievements/%.*s/versions/%d", CN_ARG(c->achievement_id), c->version) ||
        !cn_arena_print(a, &image, "%.*s/%.*s/image.%s", CN_ARG(at), CN_ARG(cn_language_tag(m->language)),
                        version.drawn ? "svg" : "png"))
        return cn_fail_memory(err);
    cn_slice issuer = cn_making_choose(m, cn_credential_organisation(c));
    *out = (cn_view_award){
        .name = cn_making_choose(m, (cn_bilingual){version.en.name, version.fr.name}),
        .organisation = c->fictional ? cn_making_text(m, CN_MSG_award_fictional, issuer, (cn_slice){0}) : issuer,
        .issuer = issuer,
        .on = cn_making_text(m, CN_MSG_award_on, cn_words_date(m, c->awarded_at, false), (cn_slice){0}),
        .image = {image},
        .page = cn_url_path(a, cn_credential_path(m, c->id, ""), m->language),
        .version = cn_url_path(a, at, m->language),
        .edition = name_edition(m, &version),
    };
    if (c->valid_until.sec) out->until = cn_words_date(m, c->valid_until, false);
    name_state(m, c, out);
    return true;
}
