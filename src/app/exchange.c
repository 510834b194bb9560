/* SPDX-License-Identifier: Apache-2.0
 *
 * What an achievement says, put together for the formats of others from those who know: its texts, its design, its
 * organisation, who endorses it.
 */
#include "app/exchange.h"
#include "app/endorsements.h"
#include "app/form.h"
#include "app/offerings.h"
#include "app/profile.h"
#include "exchange/exchange.h"

const cn_slice cn_exchange_words[] = {CN_S_INIT("ob3"), CN_S_INIT("ctdl"),  CN_S_INIT("case"),
                                      CN_S_INIT("elm"), CN_S_INIT("cairn"), CN_S_INIT("")};

typedef struct exchange_work {
    cn_arena *arena;
    const cn_app *app;
    cn_time now;
    const cn_organisation *org;
    const cn_achievement *is;
    int version; /* 0: the draft */
    cn_json *out;
    bool good;
} exchange_work;

/* ---- Members: what is empty is not there ---- */

static void put(exchange_work *w, cn_json *to, cn_slice key, const cn_json *value) {
    w->good = w->good && to && cn_json_set(w->arena, to, key, value);
}

static void put_text(exchange_work *w, cn_json *to, cn_slice key, cn_slice text) {
    if (text.n) put(w, to, key, cn_json_string(w->arena, text));
}

static void put_both(exchange_work *w, cn_json *to, cn_slice key, cn_slice en, cn_slice fr) {
    cn_json *both = cn_json_object(w->arena);
    put_text(w, both, CN_S("en"), en);
    put_text(w, both, CN_S("fr"), fr);
    if (en.n || fr.n) put(w, to, key, both);
}

static void put_print(exchange_work *w, cn_json *to, cn_slice key, cn_slice before, const char *end) {
    cn_slice text = {0};
    w->good = w->good && cn_arena_print(w->arena, &text, "%.*s%s", CN_ARG(before), end);
    put_text(w, to, key, text);
}

static void put_time(exchange_work *w, cn_slice key, cn_time t, size_t length) {
    cn_buf b = cn_buf_on(w->arena, 64);
    cn_time_write(&b, (cn_time){.sec = t.sec});
    w->good = w->good && cn_buf_ok(&b);
    put_text(w, w->out, key, cn_slice_sub(cn_buf_slice(&b), 0, length));
}

/* ---- Parts ---- */

static void put_texts(exchange_work *w) {
    const cn_achievement_text *en = &w->is->draft.en, *fr = &w->is->draft.fr;
    put_both(w, w->out, CN_S("name"), en->name, fr->name);
    put_both(w, w->out, CN_S("description"), en->description, fr->description);
    put_both(w, w->out, CN_S("criteria"), en->criteria, fr->criteria);
}

static void put_outcomes(exchange_work *w) {
    const cn_achievement_text *en = &w->is->draft.en, *fr = &w->is->draft.fr;
    cn_json *list = cn_json_array(w->arena);
    for (size_t i = 0; i < en->outcomes_n || i < fr->outcomes_n; i++) {
        cn_json *one = cn_json_object(w->arena);
        if (i < en->outcomes_n) put_text(w, one, CN_S("en"), en->outcomes[i]);
        if (i < fr->outcomes_n) put_text(w, one, CN_S("fr"), fr->outcomes[i]);
        w->good = w->good && list && one && cn_json_push(w->arena, list, one);
    }
    if (cn_json_count(list)) put(w, w->out, CN_S("outcomes"), list);
    if (w->is->draft.valid_months)
        put(w, w->out, CN_S("valid_months"), cn_json_number(w->arena, w->is->draft.valid_months));
}

/* Addresses that answer for good; those of a draft will, once it is published. */
static void put_addresses(exchange_work *w) {
    cn_slice id = {0}, version = {0},
             one = cn_form_achievement_url(w->arena, w->app->origin, w->is->id, w->version);
    w->good = w->good &&
              cn_arena_print(w->arena, &id, "%.*s/achievements/%.*s", CN_ARG(w->app->origin), CN_ARG(w->is->id)) &&
              cn_arena_print(w->arena, &version, "%d", w->version);
    put_text(w, w->out, CN_S("id"), w->version ? one : id);
    put_text(w, w->out, CN_S("url"), id);
    if (!w->version) return;
    put_text(w, w->out, CN_S("version"), version);
    put_print(w, w->out, CN_S("image"), one, "/en/image.png");
    put_time(w, CN_S("published"), w->is->published_at, sizeof "2026-05-01" - 1);
}

static bool put_organisation(exchange_work *w, cn_err *err) {
    cn_json *o = cn_json_object(w->arena);
    cn_profile profile;
    if (!cn_app_profile_get(w->arena, w->app, w->org->number, &profile, err)) return false;
    put_text(w, o, CN_S("id"), cn_form_issuer_url(w->arena, w->app->origin, w->org->id));
    put_both(w, o, CN_S("name"), w->org->name.en, w->org->name.fr);
    put_text(w, o, CN_S("url"), w->org->url);
    put_text(w, o, CN_S("country"), profile.country);
    put(w, w->out, CN_S("organisation"), o);
    return true;
}

static bool put_endorsements(exchange_work *w, cn_err *err) {
    const cn_json *list;
    if (!cn_app_endorsements_record(w->arena, w->app, w->now, w->is, &list, err)) return false;
    if (cn_json_count(list)) put(w, w->out, CN_S("endorsements"), list);
    return true;
}

/* Those that somebody can still take. */
static bool put_offerings(exchange_work *w, cn_err *err) {
    cn_offerings open;
    cn_json *list = cn_json_array(w->arena);
    if (!cn_app_offerings_open(w->arena, w->app, w->now, w->is->number, &open, err)) return false;
    for (size_t i = 0; i < open.n; i++) {
        cn_slice id = {0};
        cn_json *one = cn_json_copy_shallow(w->arena, open.v[i].details);
        w->good = w->good && cn_arena_print(w->arena, &id, "%.*s/achievements/%.*s#%.*s", CN_ARG(w->app->origin),
                                            CN_ARG(w->is->id), CN_ARG(open.v[i].id));
        put_text(w, one, CN_S("id"), id);
        w->good = w->good && list && one && cn_json_push(w->arena, list, one);
    }
    if (cn_json_count(list)) put(w, w->out, CN_S("offerings"), list);
    return true;
}

/* ---- The whole ---- */

static bool put_all(exchange_work *w, cn_err *err) {
    w->out = cn_json_object(w->arena);
    put_text(w, w->out, CN_S("cairn"), CN_S("achievement"));
    put_addresses(w);
    put_time(w, CN_S("updated"), w->version ? w->is->published_at : w->is->updated_at, SIZE_MAX);
    put_texts(w);
    put_outcomes(w);
    if (!put_organisation(w, err) || !put_endorsements(w, err) || !put_offerings(w, err)) return false;
    if (cn_json_count(w->is->draft.design)) put(w, w->out, CN_S("design"), w->is->draft.design);
    return w->good || cn_fail_memory(err);
}

static bool write_file(exchange_work *w, cn_slice format, cn_exchange_file *out, cn_err *err) {
    cn_exchange_format which;
    const cn_json *document;
    if (!cn_exchange_named(format, &which))
        return cn_fail(err, CN_NOT_FOUND, "exchange.format",
                       "Achievements are not written in the format \"%.*s\".", CN_ARG(format));
    if (!put_all(w, err) || !cn_exchange_write(w->arena, w->out, which, &document, err)) return false;
    cn_buf b = cn_buf_on(w->arena, 0);
    cn_json_write_pretty(&b, document);
    cn_buf_byte(&b, '\n');
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = (cn_exchange_file){cn_buf_slice(&b), cn_slice_of(cn_exchange_media_type(which))};
    return true;
}

bool cn_app_exchange_draft(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *org,
                           const cn_achievement *is, cn_slice format, cn_exchange_file *out, cn_err *err) {
    exchange_work w = {.arena = a, .app = app, .now = now, .org = org, .is = is, .good = true};
    return write_file(&w, format, out, err);
}

bool cn_app_exchange_version(cn_arena *a, const cn_app *app, cn_time now, const cn_version *version,
                             cn_slice format, cn_exchange_file *out, cn_err *err) {
    cn_organisation org;
    cn_achievement is = {.number = version->achievement,
                         .id = version->achievement_id,
                         .organisation = version->organisation,
                         .draft = {version->en, version->fr, version->valid_months, version->design},
                         .version = version->version,
                         .published_at = version->published_at};
    exchange_work w = {
        .arena = a, .app = app, .now = now, .org = &org, .is = &is, .version = version->version, .good = true};
    return cn_app_organisation_get(a, app, version->organisation, &org, err) && write_file(&w, format, out, err);
}
