/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn serve: joins the rooms to a server, and waits until it is told to stop.
 *
 * Nothing is said of who asks for what: where it listens and with how many lists, and that it has stopped.
 */
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "cli/outside.h"
#include "server/demo.h"
#include "server/settings.h"

/* For whoever watches over the server; answers as long as it answers at all. */
static bool healthz(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app, (void)rq, (void)err;
    rs->status = 200;
    rs->media_type = CN_S("text/plain; charset=utf-8");
    rs->body = CN_S("ok\n");
    return true;
}

static const cn_route own_routes[] = {{.method = CN_GET, .path = "/healthz", .handle = healthz, .quick = true}};
static const cn_route_group own_group = {own_routes, sizeof own_routes / sizeof *own_routes};

/* All there is to ask for. A group stands in the file of its pages. */
static const cn_route_group *const groups[] = {
    &cn_web_site_routes,
    &cn_web_awards_routes,
    &cn_web_credential_routes,
    &cn_web_exchange_routes, /* before those whose last segment may be any word */
    &cn_web_reuse_routes,    /* likewise */
    &cn_web_achievement_routes,
    &cn_web_design_routes,
    &cn_web_offerings_routes,
    &cn_web_achievement_public_routes,
    &cn_web_mailbox_routes,
    &cn_web_sign_in_routes,
    &cn_web_account_routes,
    &cn_web_passkey_routes,
    &cn_web_members_routes,
    &cn_web_organisation_routes,
    &cn_web_profile_routes,
    &cn_web_keys_routes,
    &cn_web_endorsement_routes,
    &cn_web_audit_routes,
    &cn_web_review_routes,
    &cn_web_scopes_routes,
    &cn_web_issuer_routes,
    &cn_web_framework_routes,
    &cn_web_competency_routes,
    &cn_web_competency_pick_routes,
    &cn_web_check_routes,
    &cn_web_impact_routes,
    &cn_web_statement_routes,
    &cn_web_self_check_routes,
    &cn_web_vc_api_routes,
    &cn_web_award_routes, /* its last segment may be any word: behind those that name one */
    &own_group,
};
enum { GROUPS = sizeof groups / sizeof *groups };

/* For whoever wants to hold each address to who may call it: method, path, permission, what guards its forms. */
static int print_routes(void) {
    static const char *const permissions[CN_PERMISSIONS] = {
        [CN_PUBLIC] = "public",     [CN_SIGNED_IN] = "signed-in",
        [CN_PROVEN] = "proven",     [CN_VIEWER] = "viewer",
        [CN_ISSUER] = "issuer",     [CN_DESIGNER] = "designer",
        [CN_DEMO] = "demo",         [CN_ADMINISTRATOR] = "administrator",
        [CN_REVIEWER] = "reviewer",
    };
    static const char *const guards[] = {
        [CN_CSRF_NONE] = "-", [CN_CSRF_TOKEN] = "token", [CN_CSRF_ORIGIN] = "origin"};
    for (size_t g = 0; g < GROUPS; g++)
        for (size_t i = 0; i < groups[g]->n; i++) {
            const cn_route *r = &groups[g]->routes[i];
            printf("%s %s %s %s\n", r->method == CN_GET ? "GET" : "POST", r->path, permissions[r->permission],
                   guards[r->csrf]);
        }
    return CN_EXIT_OK;
}

/* The signals that stop it are taken by the one thread that waits for them; those it starts inherit the mask. */
static sigset_t hold_signals(void) {
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    return stop;
}

static void wait_for(const sigset_t *stop) {
    int signal_number;
    while (sigwait(stop, &signal_number) != 0) {
    }
}

static void say_where(const cn_settings *s, uint16_t port, size_t lists) {
    const char *stop = s->demo ? " (demonstration; stop with Ctrl-C)" : "", *bracket = strchr(s->address, ':');
    printf("Cairn is at %s%s\n", s->origin, stop);
    printf("It listens on %s%s%s port %u, with %zu list%s of known issuers.\n", bracket ? "[" : "", s->address,
           bracket ? "]" : "", port, lists, lists == 1 ? "" : "s");
    fflush(stdout);
}

/* They are for whoever has just started it. */
static void print_links(const cn_web *web) {
    cn_err err = {0};
    if (!cn_demo_print_links(web->app, cn_outside_now(), &err)) cn_cli_complain("demo", &err);
    (void)fflush(stdout);
}

/* Somebody's request, or the background work, is still busy with all that would be freed. The database outlives
 * that as it outlives a power cut. */
static _Noreturn void leave(int status) {
    (void)fflush(stdout);
    _exit(status);
}

static bool listen_and_wait(const cn_site *site, const cn_settings *s, size_t lists, const sigset_t *stop,
                            cn_err *err) {
    unsigned burst = (s->rate + 1) / 2;
    cn_server_options how = {.address = s->address,
                             .port = s->port,
                             .threads = s->threads,
                             .rate_per_minute = (double)s->rate * CN_VERIFY_COST,
                             .rate_burst = (double)burst * CN_VERIFY_COST,
                             .free_loopback = s->demo,
                             .trust_proxy = s->trust_proxy};
    cn_server *server;
    if (!cn_server_start(site, &how, &server, err)) return false;
    say_where(s, cn_server_port(server), lists);
    if (s->demo && !s->bare) print_links(site->app);
    wait_for(stop);
    /* From here on a second signal ends it at once. */
    pthread_sigmask(SIG_UNBLOCK, stop, NULL);
    bool all_done = cn_server_stop(server);
    puts("Cairn has stopped.");
    if (!all_done) leave(CN_EXIT_OK);
    return true;
}

/* What is off has no addresses. */
static bool join(cn_arena *a, const cn_engine *e, cn_site *site, cn_err *err) {
    const cn_route_group *on[GROUPS];
    size_t n = 0;
    for (size_t g = 0; g < GROUPS; g++)
        if (groups[g] != &cn_web_vc_api_routes || e->web.vc_api) on[n++] = groups[g];
    return cn_site_join(a, site, on, n, err);
}

static int serve(cn_engine *e, const cn_settings *s, const sigset_t *stop) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_site site = {.app = &e->web,
                    .origin = cn_slice_of(s->origin),
                    .permit = cn_web_permit,
                    .check_csrf = cn_web_check_csrf,
                    .error_page = cn_web_error_page,
                    .choose_language = cn_web_choose_language};
    cn_err err = {0};
    if (join(a, e, &site, &err) && listen_and_wait(&site, s, e->registries.n, stop, &err)) return CN_EXIT_OK;
    if (cn_slice_eq(cn_slice_of(err.id), CN_S("http.listen"))) {
        cn_err why = err;
        (void)cn_fail(&err, why.code, why.id, "%s --port and --address name another place.", why.detail);
    }
    cn_cli_complain("serve", &err);
    return CN_EXIT_FAILED;
}

/* What one request gives back the next one takes. Otherwise glibc hands a thread's pages back to the kernel after
 * each request, and a verification that is asked for over HTTP spends a third of its time on having them back. */
static void keep_pages(void) {
    enum { KEPT = 4 << 20, ALONE = 2 << 20 };
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
    (void)mallopt(M_MMAP_THRESHOLD, ALONE);
}

static int run(int argc, char **argv) {
    cn_settings s;
    cn_engine e = {0};
    int status = cn_settings_read(&s, argc, argv);
    if (status >= 0) return status;
    if (s.routes) return print_routes();
    keep_pages();
    sigset_t stop = hold_signals();
    status = cn_engine_start(&e, &s) ? serve(&e, &s, &stop) : CN_EXIT_FAILED;
    if (!cn_engine_done(&e)) leave(status);
    return status;
}

const cn_command cn_command_serve = {
    "serve",
    "[--origin https://HOST] [--demo] [OPTION]...",
    "the server: institutions award, learners hold, anybody verifies",
    run,
};
