/* SPDX-License-Identifier: Apache-2.0
 *
 * Offerings at work: checked, kept as JSON, closed.
 */
#include "app/offerings.h"
#include "app/secret.h"
#include "store/offerings.h"

/* ---- The fields ---- */

static const cn_slice modes[] = {CN_S_INIT("online"),
                                 CN_S_INIT("onsite"),
                                 CN_S_INIT("blended"),
                                 CN_S_INIT("hybrid"),
                                 CN_S_INIT("volunteering"),
                                 CN_S_INIT("work-experience"),
                                 {0}};
static const cn_slice languages[] = {
    CN_S_INIT("en"), CN_S_INIT("fr"), CN_S_INIT("cr"), CN_S_INIT("iu"), CN_S_INIT("oj"), CN_S_INIT("other"), {0}};
static const cn_slice currencies[] = {CN_S_INIT("CAD"),
                                      CN_S_INIT("USD"),
                                      CN_S_INIT("EUR"),
                                      CN_S_INIT("GBP"),
                                      CN_S_INIT("NZD"),
                                      CN_S_INIT("AUD"),
                                      {0}};

enum { LINE = 200, TEXT = 2000, URL = 500 };
#define FIELD(name, how, most, ...)                                                                               \
    { .path = CN_S_INIT(name), .kind = CN_BLANK_##how, .max = most, __VA_ARGS__ }
#define PLAIN .core = false

static const cn_blank fields[] = {
    FIELD("name", BOTH, LINE, PLAIN),
    FIELD("starts", DATE, 10, PLAIN),
    FIELD("ends", DATE, 10, PLAIN),
    FIELD("start_any_time", SAID, 0, PLAIN),
    FIELD("register_by", DATE, 10, PLAIN),
    FIELD("mode", ONE, 0, .words = modes),
    FIELD("language", SOME, 0, .words = languages),
    FIELD("place", BOTH, LINE, PLAIN),
    FIELD("hours_a_week", NUMBER, 168, PLAIN),
    FIELD("evening", SAID, 0, PLAIN),
    FIELD("self_paced", SAID, 0, PLAIN),
    FIELD("price", NUMBER, 1000000, PLAIN),
    FIELD("currency", ONE, 0, .words = currencies),
    FIELD("seats", COUNT, 100000, PLAIN),
    FIELD("funding", LISTS, LINE, PLAIN),
    FIELD("accessibility", TEXTS, TEXT, PLAIN),
    FIELD("low_bandwidth", TEXTS, TEXT, PLAIN),
    FIELD("register_url", URL, URL, PLAIN),
};
const cn_blanks_table cn_offering_fields = {fields, sizeof fields / sizeof *fields};

/* ---- Checked ---- */

static const cn_blank *find(const char *path) {
    size_t i = 0;
    while (!cn_slice_eq(fields[i].path, cn_slice_of(path))) i++;
    return &fields[i];
}

static void tell(cn_blank_problems *problems, cn_slice at, const char *path, cn_slice id) {
    if (problems->n < CN_BLANK_PROBLEMS_MAX)
        problems->v[problems->n++] = (cn_blank_problem){.at = at, .id = id, .field = find(path)};
}

void cn_offering_check(const cn_json *details, cn_blank_problems *problems) {
    cn_slice starts = cn_json_get_text(details, CN_S("starts")), ends = cn_json_get_text(details, CN_S("ends"));
    bool any_time = cn_json_is(cn_json_get(details, CN_S("start_any_time")), CN_JSON_TRUE);
    for (size_t i = 0; i < problems->n; i++)
        if (cn_slice_eq(problems->v[i].at, CN_S("/starts"))) return;
    if (!starts.n && !any_time) tell(problems, CN_S("/starts"), "starts", CN_S("missing"));
    if (starts.n && ends.n && cn_slice_cmp(ends, starts) < 0) tell(problems, CN_S("/ends"), "ends", CN_S("order"));
}

/* ---- Asked for ---- */

static bool seen_of(cn_arena *a, const cn_app *app, cn_slice details, cn_slice *out, cn_err *err) {
    cn_digest digest = cn_hash_of(app->crypto, CN_SHA256, details);
    cn_buf b = cn_buf_on(a, 32);
    cn_base64_write(&b, CN_BASE64_URL, cn_slice_sub(cn_digest_slice(&digest), 0, 12));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

static bool from_stored(cn_arena *a, const cn_app *app, const cn_stored_offering *s, cn_offering *out,
                        cn_err *err) {
    *out = (cn_offering){
        .number = s->number, .id = s->id, .closed = s->closed_at.sec != 0, .updated_at = s->updated_at};
    if (!cn_json_read(a, s->details, NULL, &out->details, err))
        return err->code != CN_LIMIT
                   ? cn_fail(err, CN_INTERNAL, "offering.stored", "what is stored of an offering is no JSON.")
                   : false;
    return seen_of(a, app, s->details, &out->seen, err);
}

bool cn_app_offerings_of(cn_arena *a, const cn_app *app, int64_t achievement, cn_offerings *out, cn_err *err) {
    cn_stored_offering *stored;
    cn_offerings list = {0};
    size_t n;
    if (!cn_store_offerings_of(a, app->store, achievement, &stored, &n, err)) return false;
    list.v = CN_NEW_ARRAY(a, cn_offering, n);
    if (!list.v) return cn_fail_memory(err);
    for (; list.n < n; list.n++)
        if (!from_stored(a, app, &stored[list.n], &list.v[list.n], err)) return false;
    *out = list;
    return true;
}

/* Over is what has ended, or can be registered for no more. */
static bool is_over(const cn_offering *o, cn_slice today) {
    cn_slice ends = cn_json_get_text(o->details, CN_S("ends")),
             by = cn_json_get_text(o->details, CN_S("register_by"));
    return o->closed || (ends.n && cn_slice_cmp(ends, today) < 0) || (by.n && cn_slice_cmp(by, today) < 0);
}

bool cn_app_offerings_open(cn_arena *a, const cn_app *app, cn_time now, int64_t achievement, cn_offerings *out,
                           cn_err *err) {
    cn_offerings all;
    cn_day today = cn_time_day(now);
    size_t n = 0;
    if (!cn_app_offerings_of(a, app, achievement, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (!is_over(&all.v[i], cn_slice_of(today.text))) all.v[n++] = all.v[i];
    *out = (cn_offerings){all.v, n};
    return true;
}

bool cn_app_offering_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice achievement, cn_slice id,
                         cn_offering *out, cn_err *err) {
    cn_offering_place place = {organisation, achievement, id};
    cn_stored_offering stored;
    return cn_store_offering(a, app->store, &place, &stored, err) && from_stored(a, app, &stored, out, err);
}

/* ---- Changed ---- */

/* As it is kept. */
static bool take(cn_arena *a, const cn_json *given, cn_slice *out, cn_err *err) {
    cn_blank_problems problems;
    const cn_json *tidy;
    cn_buf text = cn_buf_on(a, 0);
    if (!cn_blanks_read(a, cn_offering_fields, given, CN_S("en"), &tidy, &problems, err)) return false;
    cn_offering_check(tidy, &problems);
    if (problems.n)
        return cn_fail_at(err, CN_INVALID, "offering.wrong", problems.v[0].at,
                          "the offering cannot be kept: %.*s is %.*s.", CN_ARG(problems.v[0].at),
                          CN_ARG(problems.v[0].id));
    cn_json_write(&text, tidy);
    *out = cn_buf_slice(&text);
    return cn_buf_ok(&text) || cn_fail_memory(err);
}

static bool set(cn_arena *a, const cn_app *app, cn_time now, const cn_offering_change *c,
                const cn_offering_place *place, cn_slice details, cn_err *err) {
    cn_audit why = {.organisation = c->organisation, .person = c->by, .action = CN_S("offering.changed")};
    cn_stored_offering is;
    cn_slice seen;
    if (!cn_store_offering(a, app->store, place, &is, err) || !seen_of(a, app, is.details, &seen, err))
        return false;
    if (c->seen.n && !cn_slice_eq(c->seen, seen))
        return cn_fail(err, CN_CONFLICT, "offering.changed", "somebody else has changed the offering meanwhile.");
    return cn_store_offering_set(app->store, place, is.details, details, now, &why, err);
}

bool cn_app_offering_save(cn_arena *a, const cn_app *app, cn_time now, const cn_offering_change *c, cn_slice *id,
                          cn_err *err) {
    cn_audit why = {.organisation = c->organisation, .person = c->by, .action = CN_S("offering.made")};
    cn_offering_place place = {c->organisation, c->achievement, c->id};
    cn_slice details;
    if (!take(a, c->details, &details, err)) return false;
    *id = c->id;
    if (c->id.n) return set(a, app, now, c, &place, details, err);
    if (!cn_app_id(a, app, &place.id, err)) return false;
    *id = place.id;
    return cn_store_offering_put(app->store, &place, details, now, &why, err);
}

bool cn_app_offering_close(const cn_app *app, cn_time now, int64_t organisation, int64_t by, cn_slice achievement,
                           cn_slice id, bool close, cn_err *err) {
    cn_audit why = {.organisation = organisation,
                    .person = by,
                    .action = close ? CN_S("offering.closed") : CN_S("offering.opened")};
    cn_offering_place place = {organisation, achievement, id};
    return cn_store_offering_close(app->store, &place, close ? now : (cn_time){0}, now, &why, err);
}
