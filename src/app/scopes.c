/* SPDX-License-Identifier: Apache-2.0
 *
 * Scopes: what is checked before one is given, and whether one allows what an organisation wants to do.
 */
#include "app/scopes.h"
#include "app/secret.h"

/* ---- Quality bodies ---- */

bool cn_app_quality_body_set(const cn_app *app, cn_time now, const cn_organisation *which, bool body,
                             cn_err *err) {
    cn_audit why = {.organisation = which->number,
                    .action = body ? CN_S("organisation.trusted") : CN_S("organisation.distrusted"),
                    .subject = which->id};
    if (which->quality_body == body || cn_store_organisation_body(app->store, which->number, body, now, &why, err))
        return true;
    if (body || err->code != CN_NOT_FOUND) return false;
    return cn_fail(
        err, CN_CONFLICT, "scope.given",
        "organisations may provide by its scopes: withdraw these first (\"cairn organisation scope list "
        "%.*s\" names them). Who was bound stays bound until another body gives it a scope.",
        CN_ARG(which->id));
}

/* ---- Given and withdrawn ---- */

enum { FRAMEWORK_MAX = 40, LEVEL_MAX = 99, DAY = 86400 };

static bool check_scope(const cn_stored_scope *s, cn_err *err) {
    if (s->body.number == s->organisation.number)
        return cn_fail(err, CN_INVALID, "scope.self", "An organisation gives no scope to itself.");
    if (!cn_slice_eq(s->purpose, CN_S("provide")) && !cn_slice_eq(s->purpose, CN_S("endorse")))
        return cn_fail(err, CN_INVALID, "scope.purpose", "A scope is for \"provide\" or \"endorse\".");
    if (s->fields.n > CN_SCOPE_FIELDS_MAX)
        return cn_fail(err, CN_INVALID, "scope.fields", "A scope names its fields in at most %d characters.",
                       CN_SCOPE_FIELDS_MAX);
    if (s->level_framework.n > FRAMEWORK_MAX || !cn_utf8_is_line(s->level_framework) ||
        (s->level_framework.n && (s->level_most < 0 || s->level_most > LEVEL_MAX)))
        return cn_fail(err, CN_INVALID, "scope.level",
                       "A highest level is a framework, as EQF, and a number of it up to %d.", LEVEL_MAX);
    if (s->valid_until.sec && cn_time_cmp(s->valid_until, s->valid_from) <= 0)
        return cn_fail(err, CN_INVALID, "scope.dates", "A scope ends after it has begun.");
    return true;
}

static bool check_body(cn_arena *a, const cn_app *app, int64_t body, cn_err *err) {
    cn_organisation who;
    if (!cn_app_organisation_get(a, app, body, &who, err)) return false;
    return who.quality_body ||
           cn_fail(err, CN_DENIED, "scope.body",
                   "This organisation is no quality body here: \"cairn organisation set %.*s --quality-body yes\" "
                   "makes it one.",
                   CN_ARG(who.id));
}

bool cn_app_scope_grant(cn_arena *a, const cn_app *app, cn_time now, int64_t by, const cn_stored_scope *what,
                        cn_slice *id, cn_err *err) {
    cn_stored_scope s = *what;
    cn_organisation to;
    if (!s.valid_from.sec) s.valid_from = (cn_time){now.sec, 0};
    s.granted_at = now;
    if (!check_body(a, app, s.body.number, err) || !check_scope(&s, err) ||
        !cn_scope_fields_read(a, s.fields, &s.fields, err) || !cn_scope_kinds_read(a, s.kinds, &s.kinds, err) ||
        !cn_app_organisation_get(a, app, s.organisation.number, &to, err) || !cn_app_id(a, app, &s.id, err))
        return false;
    cn_audit why = {s.body.number, by, CN_S("scope.granted"), s.id, {0}};
    if (!cn_store_scope_put(app->store, &s, &why, err)) return false;
    *id = s.id;
    return true;
}

bool cn_app_scope_withdraw(const cn_app *app, cn_time now, int64_t by, int64_t body, cn_slice id, cn_slice reason,
                           cn_err *err) {
    cn_audit why = {body, by, CN_S("scope.withdrawn"), id, {0}};
    if (!reason.n || reason.n > CN_SCOPE_REASON_MAX || cn_utf8_invalid(reason) != SIZE_MAX)
        return cn_fail(err, CN_INVALID, "scope.reason",
                       "Say in at most %d characters why the scope is withdrawn: the organisation reads it.",
                       CN_SCOPE_REASON_MAX);
    return cn_store_scope_withdraw(app->store, body, id, reason, now, &why, err);
}

/* ---- Reading ---- */

bool cn_app_scope_get(cn_arena *a, const cn_app *app, cn_slice id, cn_stored_scope *out, cn_err *err) {
    return cn_store_scope(a, app->store, id, out, err);
}

bool cn_app_scopes_given(cn_arena *a, const cn_app *app, int64_t body, cn_scopes *out, cn_err *err) {
    return cn_store_scopes_given(a, app->store, body, &out->v, &out->n, err);
}

bool cn_app_scopes_had(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice purpose, cn_scopes *out,
                       cn_err *err) {
    return cn_store_scopes_had(a, app->store, organisation, purpose, &out->v, &out->n, err);
}

bool cn_app_scopes_due(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int days, cn_scopes *out,
                       cn_err *err) {
    cn_time before = {now.sec + (int64_t)days * DAY, 0};
    return cn_store_scopes_due(a, app->store, organisation, now, before, &out->v, &out->n, err);
}

cn_slice cn_scope_state(const cn_stored_scope *s, cn_time at) {
    if (s->withdrawn_at.sec && s->withdrawn_at.sec <= at.sec) return CN_S("withdrawn");
    if (s->valid_until.sec && s->valid_until.sec <= at.sec) return CN_S("ended");
    return s->valid_from.sec > at.sec ? CN_S("early") : CN_S("force");
}

/* ---- May it? ---- */

/* Why not, the farthest first: of several scopes, the one that comes nearest is told of. */
static const struct {
    cn_slice word;
    const char *id, *sentence;
} reasons[] = {
    {CN_S_INIT("none"), "scope.none", "No quality body has given this organisation a scope for it."},
    {CN_S_INIT("withdrawn"), "scope.withdrawn", "The organisation's scope was withdrawn."},
    {CN_S_INIT("ended"), "scope.ended", "The organisation's scope has ended."},
    {CN_S_INIT("early"), "scope.early", "The organisation's scope has not begun yet."},
    {CN_S_INIT("kind"), "scope.kind", "It is of a kind of credential that the organisation's scope does not name"},
    {CN_S_INIT("kind-unstated"), "scope.kind-unstated",
     "It does not say of what kind of credential it is, by which the organisation's scope is limited."},
    {CN_S_INIT("level"), "scope.level", "It is of a higher level than the organisation's scope allows"},
    {CN_S_INIT("level-unstated"), "scope.level-unstated",
     "It names no level of the framework by which the organisation's scope is limited."},
    {CN_S_INIT("field"), "scope.field", "It lies outside the fields of the organisation's scope"},
    {CN_S_INIT("unclassified"), "scope.unclassified",
     "It names no code of the classifications by which the organisation's scope is limited."},
};
enum { NONE, REASONS = sizeof reasons / sizeof *reasons };

static size_t nearness(cn_slice word) {
    size_t i = 0;
    while (i < REASONS && !cn_slice_eq(word, reasons[i].word)) i++;
    return i;
}

bool cn_scope_refuse(const cn_scope_answer *no, cn_err *err) {
    size_t i = nearness(no->word);
    assert(!no->allowed && i < REASONS);
    if (no->outside.n)
        return cn_fail(err, CN_DENIED, reasons[i].id, "%s: %.*s.", reasons[i].sentence, CN_ARG(no->outside));
    return cn_fail(err, CN_DENIED, reasons[i].id, "%s", reasons[i].sentence);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool begins_with(cn_slice code, cn_slice prefix) {
    size_t c = 0;
    for (size_t p = 0; p < prefix.n; p++) {
        if (!is_digit(prefix.p[p])) continue;
        while (c < code.n && !is_digit(code.p[c])) c++;
        if (c == code.n || code.p[c++] != prefix.p[p]) return false;
    }
    return true;
}

/* Does the scope name the system, and a beginning of the code? */
static bool is_named(cn_slice fields, cn_slice system, cn_slice code, bool *within) {
    cn_slice of, prefix;
    bool named = false;
    *within = false;
    while (cn_scope_fields_next(&fields, &of, &prefix)) {
        if (!cn_slice_eq(of, system)) continue;
        named = true;
        *within = *within || begins_with(code, prefix);
    }
    return named;
}

/* The word of what is wrong with the fields; empty: nothing. */
static cn_slice judge_fields(cn_arena *a, const cn_stored_scope *s, const cn_json *design, cn_slice *outside) {
    const cn_json *classes = cn_json_get(design, CN_S("classification"));
    bool within, any = false;
    for (size_t i = 0; i < cn_scope_systems_n; i++) {
        cn_slice system = cn_scope_systems[i];
        const cn_json *codes = cn_json_get(classes, system);
        for (size_t c = 0; c < cn_json_many(codes); c++) {
            cn_slice code = cn_json_text(cn_json_one(codes, c));
            if (!code.n || !is_named(s->fields, system, code, &within)) continue;
            any = true;
            if (within) continue;
            if (!cn_arena_print(a, outside, "%.*s %.*s", CN_ARG(system), CN_ARG(code))) *outside = code;
            return CN_S("field");
        }
    }
    return any || !s->fields.n ? CN_S("") : CN_S("unclassified");
}

static cn_slice judge_levels(cn_arena *a, const cn_stored_scope *s, const cn_json *design, cn_slice *outside) {
    const cn_json *levels = cn_json_get(design, CN_S("levels"));
    bool any = !s->level_framework.n;
    for (size_t i = 0; i < cn_json_count(levels); i++) {
        const cn_json *one = cn_json_item(levels, i), *level = cn_json_get(one, CN_S("level"));
        cn_slice framework = cn_json_get_text(one, CN_S("framework"));
        if (!framework.n || !cn_slice_eq_nocase(framework, s->level_framework) ||
            !cn_json_is(level, CN_JSON_NUMBER))
            continue;
        any = true;
        if (level->number <= (double)s->level_most) continue;
        if (!cn_arena_print(a, outside, "%.*s %.*s", CN_ARG(framework), CN_ARG(level->string)))
            *outside = framework;
        return CN_S("level");
    }
    return any ? CN_S("") : CN_S("level-unstated");
}

static cn_slice judge_kind(const cn_stored_scope *s, const cn_json *design, cn_slice *outside) {
    cn_slice kind = cn_json_get_text(design, CN_S("credential_type"));
    if (!s->kinds.n || cn_scope_kinds_hold(s->kinds, kind)) return CN_S("");
    if (!kind.n) return CN_S("kind-unstated");
    *outside = kind;
    return CN_S("kind");
}

static cn_scope_answer judge(cn_arena *a, const cn_stored_scope *s, const cn_json *design, cn_time at) {
    cn_scope_answer out = {.bound = true, .scope = *s, .word = cn_scope_state(s, at)};
    if (!cn_slice_eq(out.word, CN_S("force"))) return out;
    out.word = judge_kind(s, design, &out.outside);
    if (!out.word.n) out.word = judge_fields(a, s, design, &out.outside);
    if (!out.word.n) out.word = judge_levels(a, s, design, &out.outside);
    out.allowed = !out.word.n;
    return out;
}

bool cn_app_scope_allows(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice purpose,
                         const cn_json *design, cn_time at, cn_scope_answer *out, cn_err *err) {
    cn_scope_answer best = {.word = reasons[NONE].word};
    cn_scopes all;
    if (!cn_app_scopes_had(a, app, organisation, purpose, &all, err)) return false;
    for (size_t i = 0; i < all.n && !best.allowed; i++) {
        cn_scope_answer one = judge(a, &all.v[i], design, at);
        if (one.allowed || !best.bound || nearness(one.word) > nearness(best.word)) best = one;
    }
    if (!all.n && cn_slice_eq(purpose, CN_S("provide"))) best = (cn_scope_answer){.allowed = true};
    *out = best;
    return true;
}
