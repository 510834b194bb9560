/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn organisation scope: what quality bodies let organisations do, as the operator sees and enters it for them.
 */
#include "app/scopes.h"
#include "cli/cli.h"
#include "cli/organisation.h"
#include "cli/outside.h"
#include "cli/report.h"

enum { DAY = 86400, LEVEL_MAX = 99 };

/* ---- List ---- */

static void print_scope(const cn_stored_scope *s, bool given) {
    const cn_scope_party *party = given ? &s->organisation : &s->body;
    printf("%.*s  %.*s  %.*s  ", CN_ARG(s->id), CN_ARG(s->purpose), CN_ARG(cn_scope_state(s, cn_outside_now())));
    printf("%s..%s  %.*s", cn_time_day(s->valid_from).text,
           s->valid_until.sec ? cn_time_day(s->valid_until).text : "",
           CN_ARG(s->fields.n ? s->fields : CN_S("every field")));
    if (s->kinds.n) printf("  kinds %.*s", CN_ARG(s->kinds));
    if (s->level_framework.n) {
        fputs("  up to ", stdout);
        cn_print_stranger(stdout, s->level_framework);
        printf(" %lld", (long long)s->level_most);
    }
    printf("  %s %.*s ", given ? "to" : "from", CN_ARG(party->id));
    cn_print_stranger(stdout, party->name_en);
    putchar('\n');
}

bool cn_org_scope_list(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
    cn_organisation o;
    cn_scopes had, given;
    (void)q;
    if (!cn_app_organisation_by_id(h->arena, &h->app, id, &o, err) ||
        !cn_app_scopes_had(h->arena, &h->app, o.number, CN_S(""), &had, err) ||
        !cn_app_scopes_given(h->arena, &h->app, o.number, &given, err))
        return false;
    for (size_t i = 0; i < had.n; i++) print_scope(&had.v[i], false);
    for (size_t i = 0; i < given.n; i++) print_scope(&given.v[i], true);
    return true;
}

/* ---- Grant ---- */

static bool read_day(const cn_org_asked *q, int option, bool last, cn_time *out, cn_err *err) {
    cn_slice text = cn_org_text(q, option);
    cn_time day;
    if (!text.n) return true;
    if (text.n != sizeof "2026-06-01" - 1 || !cn_time_read_loose(text, &day))
        return cn_fail(err, CN_INVALID, "scope.dates", "\"%.*s\" is no day, as 2026-09-01 is.", CN_ARG(text));
    *out = (cn_time){day.sec + (last ? DAY - 1 : 0), 0};
    return true;
}

/* "EQF:5" */
static bool read_level(const cn_org_asked *q, cn_stored_scope *out, cn_err *err) {
    cn_slice text = cn_org_text(q, CN_ORG_LEVEL), number;
    uint64_t most;
    if (!text.n) return true;
    if (!cn_slice_cut(text, ':', &out->level_framework, &number) || !out->level_framework.n ||
        !cn_slice_to_u64(number, LEVEL_MAX, &most))
        return cn_fail(err, CN_INVALID, "scope.level", "\"%.*s\" is no highest level, as EQF:5 is.", CN_ARG(text));
    out->level_most = (int64_t)most;
    return true;
}

bool cn_org_scope_grant(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
    cn_stored_scope s = {.purpose = cn_org_text(q, CN_ORG_PURPOSE),
                         .fields = cn_org_text(q, CN_ORG_FIELDS),
                         .kinds = cn_org_text(q, CN_ORG_KINDS)};
    cn_organisation to, body;
    cn_slice made;
    if (!read_day(q, CN_ORG_FROM, false, &s.valid_from, err) ||
        !read_day(q, CN_ORG_UNTIL, true, &s.valid_until, err) || !read_level(q, &s, err) ||
        !cn_app_organisation_by_id(h->arena, &h->app, id, &to, err) ||
        !cn_app_organisation_by_id(h->arena, &h->app, cn_org_text(q, CN_ORG_BODY), &body, err))
        return false;
    s.organisation.number = to.number;
    s.body.number = body.number;
    if (!cn_app_scope_grant(h->arena, &h->app, cn_outside_now(), 0, &s, &made, err)) return false;
    printf("%.*s\n", CN_ARG(made));
    return true;
}

/* ---- Withdraw ---- */

bool cn_org_scope_withdraw(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
    cn_stored_scope s;
    if (!cn_app_scope_get(h->arena, &h->app, id, &s, err))
        return err->code == CN_NOT_FOUND
                   ? cn_fail(
                         err, CN_NOT_FOUND, "store.none",
                         "no scope has the id \"%.*s\"; \"cairn organisation scope list ID\" shows those of an "
                         "organisation.",
                         CN_ARG(id))
                   : false;
    return cn_app_scope_withdraw(&h->app, cn_outside_now(), 0, s.body.number, id, cn_org_text(q, CN_ORG_REASON),
                                 err);
}
