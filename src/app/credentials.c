/* SPDX-License-Identifier: Apache-2.0
 *
 * Credentials as their holders and strangers see them, and the images that carry them away.
 */
#include "app/claims.h"

#include "app/achievements.h"
#include "app/secret.h"
#include "base/base64.h"
#include "vc/bake.h"

/* ---- Finding ---- */

bool cn_app_credential(cn_arena *a, const cn_app *app, cn_slice id, cn_credential *out, cn_err *err) {
    return cn_store_credential(a, app->store, id, out, err);
}

bool cn_app_credential_own(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id, cn_credential *out,
                           cn_err *err) {
    cn_credential found;
    if (!cn_store_credential(a, app->store, id, &found, err)) return false;
    if (found.organisation != organisation)
        return cn_fail(err, CN_NOT_FOUND, "store.none", "this organisation has no such award.");
    *out = found;
    return true;
}

bool cn_app_credential_of_code(cn_arena *a, const cn_app *app, cn_slice typed, cn_slice *id, cn_err *err) {
    cn_slice code;
    return cn_app_code_normal(a, typed, &code, err) && cn_store_credential_of_code(a, app->store, code, id, err);
}

static bool find_all(cn_arena *a, const cn_app *app, const cn_slice *ids, size_t n, cn_credentials *out,
                     cn_err *err) {
    cn_credentials list = {CN_NEW_ARRAY(a, cn_credential, n), 0};
    if (!list.v) return cn_fail_memory(err);
    for (; list.n < n; list.n++)
        if (!cn_store_credential(a, app->store, ids[list.n], &list.v[list.n], err)) return false;
    *out = list;
    return true;
}

bool cn_app_credentials_held(cn_arena *a, const cn_app *app, int64_t person, cn_credentials *out, cn_err *err) {
    cn_slice *ids;
    size_t n;
    return cn_store_credentials_held(a, app->store, person, &ids, &n, err) && find_all(a, app, ids, n, out, err);
}

bool cn_app_credentials_waiting(cn_arena *a, const cn_app *app, int64_t person, cn_credentials *out, cn_err *err) {
    cn_slice *ids;
    size_t n;
    return cn_store_credentials_waiting(a, app->store, person, &ids, &n, err) &&
           find_all(a, app, ids, n, out, err);
}

/* ---- What may be seen ---- */

cn_seen cn_credential_seen(const cn_credential *c, int64_t person) {
    if (!c->claimed_at.sec) return CN_SEEN_TITLE;
    bool holder = person && person == c->holder;
    return c->page_on || holder ? CN_SEEN_ALL : CN_SEEN_OFF;
}

bool cn_app_credential_show(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_slice id, bool on,
                            cn_err *err) {
    cn_credential c;
    if (!cn_app_credential(a, app, id, &c, err)) return false;
    cn_audit why = {.organisation = c.organisation,
                    .person = person,
                    .action = on ? CN_S("page.on") : CN_S("page.off"),
                    .subject = id};
    return cn_store_credential_page(app->store, id, person, on, &why, now, err);
}

/* ---- Texts ---- */

cn_bilingual cn_credential_organisation(const cn_credential *c) {
    return (cn_bilingual){c->organisation_en, c->organisation_fr};
}

cn_slice cn_credential_code(cn_arena *a, const cn_credential *c) {
    cn_slice out, code = c->check_code;
    if (cn_slice_find_byte(code, '-') != SIZE_MAX) return code;
    bool fits = cn_arena_print(a, &out, "%.*s-%.*s", CN_ARG(cn_slice_sub(code, 0, code.n / 2)),
                               CN_ARG(cn_slice_from(code, code.n / 2)));
    return fits ? out : (cn_slice){0};
}

/* ---- Images ---- */

/* An uploaded image has no SVG of its own: it stands whole within one. */
static bool wrap(cn_arena *a, cn_slice png, cn_slice *svg, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, CN_S("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 512 512\">"
                        "<image width=\"512\" height=\"512\" href=\"data:image/png;base64,"));
    cn_base64_write(&b, CN_BASE64, png);
    cn_buf_add(&b, CN_S("\"/></svg>\n"));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *svg = cn_buf_slice(&b);
    return true;
}

static bool images(cn_arena *a, const cn_app *app, const cn_credential *c, cn_slice *png, cn_slice *svg,
                   cn_err *err) {
    bool french = cn_slice_eq(c->language, CN_S("fr"));
    return cn_app_version_image(a, app, c->version_number, french, png, svg, err);
}

bool cn_app_credential_png(cn_arena *a, const cn_app *app, const cn_credential *c, cn_slice *image, cn_err *err) {
    cn_slice png, svg;
    return images(a, app, c, &png, &svg, err) && cn_bake_png(a, png, c->document, image, err);
}

bool cn_app_credential_svg(cn_arena *a, const cn_app *app, const cn_credential *c, cn_slice *image, cn_err *err) {
    cn_slice png, svg;
    return images(a, app, c, &png, &svg, err) && (svg.n || wrap(a, png, &svg, err)) &&
           cn_bake_svg(a, svg, c->document, image, err);
}
