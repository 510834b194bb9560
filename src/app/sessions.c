/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions: a random token in a cookie, of which the database knows the hash.
 */
#include "app/people.h"
#include "app/secret.h"

enum { HOUR = 3600, STAFF_HOURS = 12, HOLDER_HOURS = 30 * 24 };

/* ---- What a browser calls itself, in two words ---- */

typedef struct word {
    const char *sign, *name;
} word;

/* Most of them claim to be others too: the first sign that is there counts. */
static const word browsers[] = {{"Edg", "Edge"},       {"OPR/", "Opera"},     {"Firefox/", "Firefox"},
                                {"FxiOS/", "Firefox"}, {"Chrome/", "Chrome"}, {"CriOS/", "Chrome"},
                                {"Safari/", "Safari"}};
static const word systems[] = {{"iPhone", "iPhone"},   {"iPad", "iPad"},      {"Android", "Android"},
                               {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"},
                               {"Linux", "Linux"}};

static const char *name_of(cn_slice agent, const word *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (cn_slice_find(agent, cn_slice_of(words[i].sign)) != SIZE_MAX) return words[i].name;
    return NULL;
}

static bool describe(cn_arena *a, cn_slice agent, cn_slice *out, cn_err *err) {
    const char *browser = name_of(agent, browsers, sizeof browsers / sizeof *browsers);
    const char *system = name_of(agent, systems, sizeof systems / sizeof *systems);
    return cn_arena_print(a, out, "%s%s%s", browser ? browser : "", browser && system ? ", " : "",
                          system ? system : "") ||
           cn_fail_memory(err);
}

/* ---- Beginning and end ---- */

bool cn_app_session_start(cn_arena *a, const cn_app *app, cn_time now, int64_t person, const char *way,
                          cn_slice agent, cn_slice *token, cn_err *err) {
    cn_stored_session session = {.person = person, .way = cn_slice_of(way), .created_at = now, .seen_at = now};
    cn_organisations staff;
    cn_secret secret;
    if (!cn_app_organisations_of(a, app, person, &staff, err) || !cn_app_token(a, app, &secret, err) ||
        !describe(a, agent, &session.agent, err))
        return false;
    session.hash = secret.hash;
    session.expires_at = (cn_time){now.sec + (int64_t)(staff.n ? STAFF_HOURS : HOLDER_HOURS) * HOUR, 0};
    if (!cn_store_session_put(app->store, &session, err)) return false;
    *token = secret.text;
    return true;
}

/* Whoever knows the token can make it, and nobody else; it says nothing of the token. */
static bool make_csrf(cn_arena *a, const cn_app *app, cn_slice token, cn_slice *out, cn_err *err) {
    cn_slice text;
    if (!cn_arena_print(a, &text, "csrf of the session %.*s", CN_ARG(token))) return cn_fail_memory(err);
    cn_digest digest = cn_hash_of(app->crypto, CN_SHA256, text);
    cn_buf b = cn_buf_on(a, 64);
    cn_base64_write(&b, CN_BASE64_URL, cn_digest_slice(&digest));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

static bool is_claim(cn_slice way) {
    return cn_slice_eq(way, CN_S("claim"));
}

/* Who became staff since, by an invitation or by an account that joined theirs, keeps no learner's long session,
 * and none that a claim began: its link opens no account that has roles. */
static bool is_over(const cn_stored_session *s, bool staff, cn_time now) {
    return staff && (is_claim(s->way) || now.sec - s->created_at.sec >= (int64_t)STAFF_HOURS * HOUR);
}

/* To the hour, so that looking around is not a row written a page. */
static bool note_seen(const cn_app *app, const cn_stored_session *s, cn_time now, cn_err *err) {
    return now.sec - s->seen_at.sec < HOUR || cn_store_session_seen(app->store, s->hash, now, err);
}

bool cn_app_session_find(cn_arena *a, const cn_app *app, cn_time now, cn_slice token, cn_session *out,
                         cn_err *err) {
    cn_session session = {0};
    cn_stored_session row;
    cn_organisations staff;
    cn_slice hash;
    if (!cn_app_token_hash(a, app, token, &hash, err) ||
        !cn_store_session_find(a, app->store, hash, now, &session.person, &row, err) ||
        !note_seen(app, &row, now, err) || !cn_app_organisations_of(a, app, row.person, &staff, err) ||
        !make_csrf(a, app, token, &session.csrf, err))
        return false;
    if (is_over(&row, staff.n > 0, now)) return cn_fail(err, CN_NOT_FOUND, "store.none", "the session is over.");
    session.hash = row.hash;
    session.way = row.way;
    session.created_at = row.created_at;
    session.staff = staff.n > 0;
    *out = session;
    return true;
}

bool cn_app_session_by_passkey(const cn_session *session) {
    return cn_slice_eq(session->way, CN_S("passkey"));
}

bool cn_app_session_by_claim(const cn_session *session) {
    return is_claim(session->way);
}

bool cn_app_session_csrf(const cn_session *session, cn_slice csrf) {
    return cn_equal_secret(session->csrf, csrf);
}

bool cn_app_session_end(const cn_app *app, const cn_session *session, cn_err *err) {
    return cn_store_session_end(app->store, session->hash, err);
}

bool cn_app_session_end_others(const cn_app *app, const cn_session *session, cn_err *err) {
    return cn_store_session_end_all(app->store, session->person.number, session->hash, err);
}

bool cn_app_sessions_of(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_sessions *out,
                        cn_err *err) {
    return cn_store_sessions_of(a, app->store, person, now, &out->v, &out->n, err);
}
