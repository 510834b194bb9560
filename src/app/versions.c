/* SPDX-License-Identifier: Apache-2.0
 *
 * Published versions of achievements, for everybody who awards, shows or checks them.
 */
#include "app/draft.h"
#include "app/reuse.h"

static bool from_stored(cn_arena *a, const cn_stored_version *s, cn_version *out, cn_err *err) {
    cn_draft draft;
    if (!cn_draft_read(a, s->document, &draft, err)) return false;
    *out = (cn_version){.number = s->number,
                        .achievement = s->achievement,
                        .achievement_id = s->achievement_id,
                        .version = s->version,
                        .latest = s->latest,
                        .organisation = s->organisation,
                        .en = draft.en,
                        .fr = draft.fr,
                        .valid_months = draft.valid_months,
                        .design = draft.design,
                        .drawn = s->drawn,
                        .published_at = s->published_at};
    return true;
}

static bool list_of(cn_arena *a, const cn_stored_version *stored, size_t n, cn_versions *out, cn_err *err) {
    cn_versions list = {.v = CN_NEW_ARRAY(a, cn_version, n)};
    if (!list.v) return cn_fail_memory(err);
    for (; list.n < n; list.n++)
        if (!from_stored(a, &stored[list.n], &list.v[list.n], err)) return false;
    *out = list;
    return true;
}

bool cn_app_version_get(cn_arena *a, const cn_app *app, int64_t number, cn_version *out, cn_err *err) {
    cn_stored_version stored;
    return cn_store_version(a, app->store, number, &stored, err) && from_stored(a, &stored, out, err);
}

bool cn_app_version_of(cn_arena *a, const cn_app *app, cn_slice id, int version, cn_version *out, cn_err *err) {
    cn_stored_version stored;
    return cn_store_version_of(a, app->store, id, version, &stored, err) && from_stored(a, &stored, out, err);
}

bool cn_app_versions_of(cn_arena *a, const cn_app *app, int64_t organisation, cn_versions *out, cn_err *err) {
    cn_stored_version *stored;
    size_t n;
    return cn_store_versions_of(a, app->store, organisation, &stored, &n, err) && list_of(a, stored, n, out, err);
}

bool cn_app_versions_all(cn_arena *a, const cn_app *app, cn_slice id, cn_versions *out, cn_err *err) {
    cn_stored_version *stored;
    size_t n;
    return cn_store_versions_all(a, app->store, id, &stored, &n, err) && list_of(a, stored, n, out, err);
}

bool cn_app_reused(cn_arena *a, const cn_app *app, cn_slice id, cn_versions *out, cn_err *err) {
    cn_stored_version *stored;
    size_t n;
    return cn_store_reused(a, app->store, id, &stored, &n, err) && list_of(a, stored, n, out, err);
}

bool cn_app_version_image(cn_arena *a, const cn_app *app, int64_t number, bool french, cn_slice *png,
                          cn_slice *svg, cn_err *err) {
    return cn_store_version_image(a, app->store, number, french, png, svg, err);
}
