/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements at work: what a designer does with a draft, up to its publication.
 */
#include "app/design.h"
#include "app/draft.h"
#include "app/flow.h"
#include "app/secret.h"
#include "app/source.h"
#include "draw/draw.h"

/* ---- Asked for ---- */

/* Stands for a draft in a form: enough of a hash to tell two apart. */
static bool seen_of(cn_arena *a, const cn_app *app, cn_slice draft, cn_slice *out, cn_err *err) {
    cn_digest digest = cn_hash_of(app->crypto, CN_SHA256, draft);
    cn_buf b = cn_buf_on(a, 32);
    cn_base64_write(&b, CN_BASE64_URL, cn_slice_sub(cn_digest_slice(&digest), 0, 12));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

static bool from_stored(cn_arena *a, const cn_app *app, const cn_stored_achievement *s, cn_achievement *out,
                        cn_err *err) {
    cn_achievement v = {.number = s->number,
                        .id = s->id,
                        .organisation = s->organisation,
                        .image = s->image,
                        .version = s->version,
                        .changed = s->changed,
                        .created_at = s->created_at,
                        .updated_at = s->updated_at,
                        .published_at = s->published_at};
    if (!cn_draft_read(a, s->draft, &v.draft, err) || !seen_of(a, app, s->draft, &v.seen, err)) return false;
    *out = v;
    return true;
}

bool cn_app_achievement_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id, cn_achievement *out,
                            cn_err *err) {
    cn_stored_achievement stored;
    return cn_store_achievement(a, app->store, organisation, id, &stored, err) &&
           from_stored(a, app, &stored, out, err);
}

bool cn_app_achievements_of(cn_arena *a, const cn_app *app, int64_t organisation, cn_achievements *out,
                            cn_err *err) {
    cn_stored_achievement *stored;
    cn_achievements list = {0};
    size_t n;
    if (!cn_store_achievements_of(a, app->store, organisation, &stored, &n, err)) return false;
    list.v = CN_NEW_ARRAY(a, cn_achievement, n);
    if (!list.v) return cn_fail_memory(err);
    for (; list.n < n; list.n++)
        if (!from_stored(a, app, &stored[list.n], &list.v[list.n], err)) return false;
    *out = list;
    return true;
}

/* ---- Changed ---- */

/* The draft as it will be kept, where it may be. */
static bool take_draft(cn_arena *a, const cn_draft *given, bool publish, cn_slice *out, cn_err *err) {
    cn_draft_problem problems[CN_DRAFT_PROBLEMS_MAX];
    cn_draft draft;
    if (!cn_draft_tidy(a, given, &draft, err)) return false;
    if (cn_draft_check(&draft, publish, problems))
        return cn_fail_at(err, CN_INVALID, "achievement.draft", problems[0].field,
                          "The draft cannot be %s as it is: %.*s is %.*s.", publish ? "published" : "saved",
                          CN_ARG(problems[0].field), CN_ARG(problems[0].id));
    return cn_draft_write(a, &draft, out, err);
}

bool cn_app_achievement_new(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                            const cn_draft *draft, cn_slice *id, cn_err *err) {
    cn_audit why = {.organisation = organisation, .person = by, .action = CN_S("achievement.begun")};
    cn_stored_achievement made = {.organisation = organisation};
    if (!take_draft(a, draft, false, &made.draft, err) || !cn_app_id(a, app, &made.id, err)) return false;
    if (!cn_store_achievement_put(app->store, &made, now, &why, err)) return false;
    *id = made.id;
    return true;
}

/* The stored draft, where it is the one that was seen. */
static bool find_seen(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id, cn_slice seen,
                      cn_stored_achievement *out, cn_err *err) {
    cn_slice is;
    if (!cn_store_achievement(a, app->store, organisation, id, out, err)) return false;
    if (!seen_of(a, app, out->draft, &is, err)) return false;
    return !seen.n || cn_slice_eq(seen, is) ||
           cn_fail(err, CN_CONFLICT, "achievement.changed", "somebody else has changed the draft meanwhile.");
}

/* Who changes the texts alone leaves the design as it is, but for what it says of outcomes that move or go; and
 * nobody changes where it comes from. */
static bool keep_design(cn_arena *a, cn_slice stored, cn_draft *draft, cn_err *err) {
    cn_draft is, tidy;
    if (!cn_draft_read(a, stored, &is, err)) return false;
    if (draft->design) return cn_source_keep(a, is.design, draft->design, &draft->design, err);
    return cn_draft_tidy(a, draft, &tidy, err) && cn_design_realign(a, is.design, &is, &tidy, &draft->design, err);
}

bool cn_app_achievement_save(cn_arena *a, const cn_app *app, cn_time now, const cn_achievement_change *change,
                             cn_err *err) {
    cn_audit why = {.organisation = change->organisation,
                    .person = change->by,
                    .action = change->reuse ? CN_S("achievement.reused") : CN_S("achievement.changed")};
    cn_draft_change set = {.organisation = change->organisation, .id = change->id, .reuse = change->reuse};
    cn_stored_achievement is;
    cn_draft draft = *change->draft;
    if (!find_seen(a, app, change->organisation, change->id, change->seen, &is, err)) return false;
    if (!keep_design(a, is.draft, &draft, err) || !take_draft(a, &draft, false, &set.draft, err)) return false;
    set.seen = is.draft;
    if (change->draw) set.image = CN_IMAGE_DRAW;
    if (change->upload.n) {
        if (!cn_draw_image_clean(a, change->upload, &set.png, err)) return false;
        set.image = CN_IMAGE_SET;
    }
    return cn_store_achievement_set(app->store, &set, now, &why, err);
}

/* What a version says, but for where the draft comes from, which stays. To the byte where that is the same: the
 * draft is then what was published. */
static bool draw_back(cn_arena *a, cn_slice stored, cn_slice version, cn_slice *out, cn_err *err) {
    cn_draft is, was;
    const cn_json *design;
    if (!cn_draft_read(a, stored, &is, err) || !cn_draft_read(a, version, &was, err) ||
        !cn_source_keep(a, is.design, was.design, &design, err))
        return false;
    bool same = design == was.design || (design && was.design && cn_json_equal(design, was.design));
    was.design = design;
    return same ? (*out = version, true) : cn_draft_write(a, &was, out, err);
}

bool cn_app_achievement_restore(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                cn_slice id, int version, cn_err *err) {
    cn_audit why = {.organisation = organisation, .person = by, .action = CN_S("achievement.restored")};
    cn_draft_change set = {.organisation = organisation, .id = id};
    cn_stored_achievement is;
    cn_stored_version was;
    if (version <= 0) return cn_fail(err, CN_NOT_FOUND, "store.none", "The achievement has no such version.");
    if (!cn_store_achievement(a, app->store, organisation, id, &is, err) ||
        !cn_store_version_of(a, app->store, id, version, &was, err) ||
        !draw_back(a, is.draft, was.document, &set.draft, err))
        return false;
    set.seen = is.draft;
    return cn_store_achievement_restore(app->store, &set, version, now, &why, err);
}

/* ---- Images ---- */

cn_slice cn_app_image_kind(cn_slice upload) {
    return cn_image_kind(upload);
}

/* A badge in one language; where a draft has no name there yet, in the other. */
static bool draw(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id, const cn_draft *draft,
                 bool french, cn_draw *pen, cn_slice *png, cn_slice *svg, cn_err *err) {
    cn_stored_organisation who;
    const cn_achievement_text *own = french ? &draft->fr : &draft->en, *other = french ? &draft->en : &draft->fr;
    if (!cn_store_organisation(a, app->store, organisation, &who, err)) return false;
    cn_badge badge = {.name = own->name.n ? own->name : other->name,
                      .organisation = french ? who.name_fr : who.name_en,
                      .seed = id};
    return cn_draw_badge(a, pen, &badge, CN_BADGE_PNG, png, err) &&
           (!svg || cn_draw_badge(a, pen, &badge, CN_BADGE_SVG, svg, err));
}

bool cn_app_achievement_image(cn_arena *a, const cn_app *app, const cn_achievement *achievement, bool french,
                              cn_slice *png, cn_err *err) {
    if (achievement->image)
        return cn_store_achievement_image(a, app->store, achievement->organisation, achievement->id, png, err);
    cn_draw *pen CN_DRAW_AUTO = NULL;
    return cn_draw_new(&pen, err) && draw(a, app, achievement->organisation, achievement->id, &achievement->draft,
                                          french, pen, png, NULL, err);
}

static bool images(cn_arena *a, const cn_app *app, const cn_stored_achievement *is, cn_publication *out,
                   cn_err *err) {
    cn_draft draft;
    if (is->image) return cn_store_achievement_image(a, app->store, is->organisation, is->id, &out->png_en, err);
    cn_draw *pen CN_DRAW_AUTO = NULL;
    return cn_draft_read(a, is->draft, &draft, err) && cn_draw_new(&pen, err) &&
           draw(a, app, is->organisation, is->id, &draft, false, pen, &out->png_en, &out->svg_en, err) &&
           draw(a, app, is->organisation, is->id, &draft, true, pen, &out->png_fr, &out->svg_fr, err);
}

/* ---- Published ---- */

bool cn_app_achievement_publish(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                cn_slice id, cn_slice seen, int *version, cn_err *err) {
    cn_publication what = {.organisation = organisation, .id = id};
    cn_stored_achievement is;
    cn_draft draft;
    if (!find_seen(a, app, organisation, id, seen, &is, err)) return false;
    if (!is.changed) return cn_flow_publish(a, app, now, &is, NULL, by, version, err);
    what.draft = is.draft;
    cn_slice same;
    if (!cn_draft_read(a, is.draft, &draft, err) || !take_draft(a, &draft, true, &same, err)) return false;
    return images(a, app, &is, &what, err) && cn_flow_publish(a, app, now, &is, &what, by, version, err);
}
