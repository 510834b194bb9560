/* SPDX-License-Identifier: Apache-2.0
 *
 * An organisation's profile: checked, and to and from the JSON in which it is kept.
 */
#include "app/profile.h"
#include "store/people.h"

static const cn_slice types[] = {CN_S_INIT("institution"),           CN_S_INIT("agency"),
                                 CN_S_INIT("organization"),          CN_S_INIT("employer"),
                                 CN_S_INIT("standard-setting-body"), {0}};
static const cn_slice sectors[] = {
    CN_S_INIT("college"), CN_S_INIT("university"), CN_S_INIT("indigenous-institute"),
    CN_S_INIT("private"), CN_S_INIT("elsewhere"),  {0}};

static bool is_one_of(cn_slice word, const cn_slice *list) {
    if (!word.n) return true;
    for (; list->n; list++)
        if (cn_slice_eq(*list, word)) return true;
    return false;
}

static bool is_country(cn_slice s) {
    return s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'A' && s.p[1] <= 'Z';
}

static const cn_blank fields[] = {
    {.path = CN_S_INIT("country"), .kind = CN_BLANK_LINE, .max = 2, .good = is_country},
    {.path = CN_S_INIT("type"), .kind = CN_BLANK_ONE, .words = types},
    {.path = CN_S_INIT("sector"), .kind = CN_BLANK_ONE, .words = sectors},
    {.path = CN_S_INIT("regulated"), .kind = CN_BLANK_SAID},
    {.path = CN_S_INIT("quality_assured"), .kind = CN_BLANK_SAID},
    {.path = CN_S_INIT("delivers"), .kind = CN_BLANK_SAID},
};
const cn_blanks_table cn_profile_fields = {fields, sizeof fields / sizeof *fields};

bool cn_profile_check(const cn_profile *p, cn_err *err) {
    if (p->country.n && !is_country(p->country))
        return cn_fail(err, CN_INVALID, "profile.country", "A country is two capital letters, such as CA.");
    if (!is_one_of(p->type, types))
        return cn_fail(err, CN_INVALID, "profile.type", "There is no such kind of organisation.");
    return is_one_of(p->sector, sectors) || cn_fail(err, CN_INVALID, "profile.sector", "There is no such sector.");
}

/* ---- As JSON ---- */

static cn_said said_of(const cn_json *o, const char *key) {
    const cn_json *v = cn_json_get(o, cn_slice_of(key));
    if (!cn_json_is_bool(v)) return CN_UNSAID;
    return cn_json_is(v, CN_JSON_TRUE) ? CN_SAID_YES : CN_SAID_NO;
}

cn_profile cn_profile_of(const cn_json *o) {
    return (cn_profile){.country = cn_json_get_text(o, CN_S("country")),
                        .type = cn_json_get_text(o, CN_S("type")),
                        .sector = cn_json_get_text(o, CN_S("sector")),
                        .regulated = said_of(o, "regulated"),
                        .quality_assured = said_of(o, "quality_assured"),
                        .delivers = said_of(o, "delivers")};
}

static bool put_text(cn_arena *a, cn_json *to, const char *key, cn_slice text) {
    return !text.n || cn_json_set(a, to, cn_slice_of(key), cn_json_string(a, text));
}

static bool put_said(cn_arena *a, cn_json *to, const char *key, cn_said said) {
    return said == CN_UNSAID || cn_json_set(a, to, cn_slice_of(key), cn_json_bool(said == CN_SAID_YES));
}

bool cn_profile_write(cn_arena *a, const cn_profile *p, cn_json *to, cn_err *err) {
    return (put_text(a, to, "country", p->country) && put_text(a, to, "type", p->type) &&
            put_text(a, to, "sector", p->sector) && put_said(a, to, "regulated", p->regulated) &&
            put_said(a, to, "quality_assured", p->quality_assured) && put_said(a, to, "delivers", p->delivers)) ||
           cn_fail_memory(err);
}

bool cn_app_profile_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_profile *out, cn_err *err) {
    cn_slice text;
    const cn_json *o;
    if (!cn_store_profile(a, app->store, organisation, &text, err)) return false;
    if (!cn_json_read(a, text, NULL, &o, err))
        return err->code != CN_LIMIT ? cn_fail(err, CN_INTERNAL, "profile.stored",
                                               "what is stored of an organisation's profile is no JSON.")
                                     : false;
    *out = cn_profile_of(o);
    return true;
}

bool cn_app_profile_set(cn_arena *a, const cn_app *app, cn_time now, int64_t by, int64_t organisation,
                        const cn_profile *profile, cn_err *err) {
    cn_audit why = {.organisation = organisation, .person = by, .action = CN_S("organisation.profile")};
    cn_json *o = cn_json_object(a);
    cn_buf text = cn_buf_on(a, 0);
    if (!o) return cn_fail_memory(err);
    if (!cn_profile_check(profile, err) || !cn_profile_write(a, profile, o, err)) return false;
    cn_json_write(&text, o);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    return cn_store_profile_set(app->store, organisation, cn_buf_slice(&text), now, &why, err);
}
