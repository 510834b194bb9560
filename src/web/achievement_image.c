/* SPDX-License-Identifier: Apache-2.0
 *
 * The image of an achievement: the drawn one, or one that is uploaded.
 */
#include "web/achievements.h"
#include "web/messages.h"

#include "base/base.h"

static const char *const shown_at[CN_LANGUAGES] = {[CN_EN] = "/image/en", [CN_FR] = "/image/fr"};

static bool show_page(cn_desk *d, cn_slice error, int status, cn_response *rs, cn_err *err) {
    cn_achievement is;
    cn_page_achievement_image v = {.file = {.error = error, .described = CN_S("image-hint")}};
    if (!cn_app_achievement_get(d->m.rq->arena, d->app, d->organisation, d->id, &is, err)) return false;
    if (error.n)
        v.file = (cn_view_field){.error = error,
                                 .described = CN_S("image-hint image-error"),
                                 .group_class = CN_S(" govuk-form-group--error"),
                                 .input_class = CN_S(" govuk-file-upload--error")};
    v.heading = cn_achievement_name(&is.draft, d->m.language, &v.heading_language);
    v.page =
        cn_making_page(&d->m, cn_desk_path(d, is.id, "/image"),
                       cn_making_text(&d->m, CN_MSG_achievement_title,
                                      cn_message(d->m.language, CN_MSG_achievement_image_heading), (cn_slice){0}));
    v.page.wrong = error.n > 0;
    v.seen = is.seen;
    v.uploaded = is.image;
    v.back = cn_desk_url(d, is.id, "");
    v.action = cn_desk_url(d, is.id, "/image");
    for (cn_language l = 0; l < CN_LANGUAGES; l++) v.images[l] = cn_desk_url(d, is.id, shown_at[l]);
    cn_tpl_achievement_image(&d->m.out, &v);
    return cn_making_finish(&d->m, status, rs, err);
}

bool cn_web_achievement_image(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    return show_page(&d, (cn_slice){0}, 200, rs, err);
}

/* ---- An upload ---- */

static const struct {
    const char *id;
    cn_msg message;
} refusals[] = {
    {"image.empty", CN_MSG_achievement_image_error_none},
    {"image.bytes", CN_MSG_achievement_image_error_bytes},
    {"image.size", CN_MSG_achievement_image_error_size},
    {"image.small", CN_MSG_achievement_image_error_small},
    {"image.shape", CN_MSG_achievement_image_error_shape},
    {"image.broken", CN_MSG_achievement_image_error_broken},
    {"achievement.changed", CN_MSG_achievement_error_changed},
};

/* Empty where the error is not for who uploads. */
static cn_slice sentence(const cn_making *m, cn_slice upload, const cn_err *err) {
    cn_slice kind = cn_app_image_kind(upload);
    if (!strcmp(err->id, "image.kind") && kind.n)
        return cn_making_text(m, CN_MSG_achievement_image_error_kind, kind, (cn_slice){0});
    if (!strcmp(err->id, "image.kind")) return cn_message(m->language, CN_MSG_achievement_image_error_unknown);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (!strcmp(refusals[i].id, err->id)) return cn_message(m->language, refusals[i].message);
    return (cn_slice){0};
}

bool cn_web_achievement_image_set(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    const cn_form_part *file = cn_request_part(rq, CN_S("image"));
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err)) return false;
    cn_achievement_change change = {.organisation = d.organisation,
                                    .by = d.session->person.number,
                                    .id = d.id,
                                    .seen = cn_request_text(rq, CN_S("seen")),
                                    .draft = &is.draft,
                                    .draw = cn_slice_eq(cn_request_text(rq, CN_S("what")), CN_S("draw"))};
    if (!change.draw) change.upload = file && file->file ? file->value : (cn_slice){0};
    if (!change.draw && !change.upload.n)
        return show_page(&d, cn_message(d.m.language, CN_MSG_achievement_image_error_none), 422, rs, err);
    if (cn_app_achievement_save(rq->arena, d.app, rq->now, &change, err))
        return cn_desk_done(&d, d.id, change.draw ? "drawn" : "image", rs, err);
    cn_slice why = sentence(&d.m, change.upload, err);
    return why.n && show_page(&d, why, 422, rs, err);
}

/* ---- As it is ---- */

bool cn_web_achievement_image_shown(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    bool french = cn_slice_eq(cn_request_arg(rq, CN_S("language")), CN_S("fr"));
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err)) return false;
    rs->media_type = CN_S("image/png");
    return cn_app_achievement_image(rq->arena, d.app, &is, french, &rs->body, err);
}
