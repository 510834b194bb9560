/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn achievement status and due: reviews as the operator sees them for an organisation.
 */
#include "cli/review.h"

#include "app/approval.h"
#include "cli/outside.h"
#include "cli/report.h"

enum { DUE_DAYS = 183 };

/* ---- One ---- */

static void print_text(const char *before, cn_slice text) {
    if (!text.n) return;
    fputs(before, stdout);
    cn_print_stranger(stdout, text);
}

/* "  by Ana Roy, Quality Council"; nothing where nobody is known. */
static void print_who(cn_slice person, cn_slice organisation) {
    print_text("  by ", person);
    print_text(person.n ? ", " : "  by ", organisation);
}

static void print_step(const cn_flow_step *s) {
    printf("%s  %4lld  %.*s", cn_time_day(s->at).text, (long long)s->days, CN_ARG(cn_flow_state_word(s->state)));
    if (s->version) printf(" (version %d)", s->version);
    print_who(s->person, s->body.en);
    print_text(": ", s->reason);
    putchar('\n');
}

static bool print_comments(cn_handle *h, const cn_achievement *is, int64_t reader, cn_err *err) {
    cn_flow_comment *all;
    size_t n;
    if (!cn_app_flow_comments(h->arena, &h->app, is, reader, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        printf("%s        comment", cn_time_day(all[i].at).text);
        print_who(all[i].person, all[i].organisation.en);
        print_text(": ", all[i].text);
        putchar('\n');
    }
    return true;
}

bool cn_cli_review_status(cn_handle *h, const cn_organisation *organisation, cn_slice id, cn_err *err) {
    cn_achievement is;
    cn_flow flow;
    cn_version version;
    cn_err why;
    if (!cn_app_review_get(h->arena, &h->app, cn_outside_now(), organisation->number, id, &is, &flow, err))
        return false;
    for (size_t i = 0; i < flow.n; i++) print_step(&flow.v[i]);
    if (!print_comments(h, &is, organisation->number, err)) return false;
    if (flow.changed && flow.last) puts("The draft has changed since.");
    if (!is.version) return true;
    if (!cn_app_version_of(h->arena, &h->app, id, 0, &version, err)) return false;
    if (!cn_app_check_award(h->arena, &h->app, cn_outside_now(), &version, &why)) puts(why.detail);
    return true;
}

/* ---- What waits, and what ends ---- */

static cn_slice one_of(cn_bilingual name) {
    return name.en.n ? name.en : name.fr;
}

static void print_row(const char *word, const char *when, cn_slice id, cn_slice name, cn_slice organisation) {
    printf("%-9s  %-10s  %.*s  ", word, when, CN_ARG(id));
    cn_print_stranger(stdout, name);
    print_text("  (", organisation);
    puts(")");
}

static bool print_waiting(cn_handle *h, int64_t organisation, cn_err *err) {
    cn_review_waiting *all;
    size_t n;
    if (!cn_app_review_queue(h->arena, &h->app, cn_outside_now(), organisation, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        char days[32];
        (void)snprintf(days, sizeof days, "%lld days", (long long)all[i].days);
        print_row(cn_flow_state_word(all[i].state).p, days, all[i].id, one_of(all[i].name),
                  all[i].organisation.en);
    }
    return true;
}

bool cn_cli_review_due(cn_handle *h, const cn_organisation *organisation, cn_err *err) {
    cn_time now = cn_outside_now();
    cn_review_due *due;
    cn_scopes scopes;
    size_t n;
    if (!print_waiting(h, organisation->number, err) ||
        !cn_app_reviews_due(h->arena, &h->app, now, organisation->number, DUE_DAYS, &due, &n, err) ||
        !cn_app_scopes_due(h->arena, &h->app, now, organisation->number, DUE_DAYS, &scopes, err))
        return false;
    for (size_t i = 0; i < n; i++)
        print_row(due[i].lapsed ? "lapsed" : "due", cn_time_day(due[i].until).text, due[i].id, one_of(due[i].name),
                  due[i].own ? due[i].body.en : due[i].organisation.en);
    for (size_t i = 0; i < scopes.n; i++) {
        const cn_stored_scope *s = &scopes.v[i];
        bool given = s->body.number == organisation->number;
        print_row(s->valid_until.sec <= now.sec ? "ended" : "ends", cn_time_day(s->valid_until).text, s->id,
                  cn_slice_eq(s->purpose, CN_S("endorse")) ? CN_S("scope to endorse") : CN_S("scope to provide"),
                  given ? s->organisation.name_en : s->body.name_en);
    }
    return true;
}
