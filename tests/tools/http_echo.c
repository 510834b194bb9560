/* SPDX-License-Identifier: Apache-2.0
 *
 * A small site on the room http, for tests from outside: prints its port, serves until standard input ends.
 *
 * usage: http_echo [timeout seconds] [requests a minute] [burst] [0, or 1 behind a proxy] [threads] [seconds to
 * stop]
 */
#include <pthread.h>
#include <unistd.h>

#include "http/http.h"

static bool hello(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app, (void)rq, (void)err;
    rs->media_type = CN_S("text/html; charset=utf-8");
    rs->body = CN_S("<!doctype html><title>hello</title>");
    return true;
}

static void show(cn_buf *b, const char *what, cn_slice s) {
    cn_buf_print(b, "%s=", what);
    cn_json_write_string(b, s);
    cn_buf_byte(b, '\n');
}

static bool echo(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app;
    cn_buf b = cn_buf_on(rq->arena, 0);
    show(&b, "path", rq->path);
    show(&b, "peer", rq->peer);
    show(&b, "language", rq->language);
    cn_buf_print(&b, "body=%zu\n", rq->body.n);
    for (size_t i = 0; i < rq->args.n; i++) {
        show(&b, "arg", rq->args.v[i].name);
        show(&b, "value", rq->args.v[i].value);
    }
    for (size_t i = 0; i < rq->form.n; i++) {
        show(&b, rq->form.v[i].file ? "file" : "field", rq->form.v[i].name);
        cn_buf_print(&b, "size=%zu\n", rq->form.v[i].value.n);
    }
    rs->media_type = CN_S("text/plain; charset=utf-8");
    rs->body = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

static bool too_large(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    if (!rq->body_too_large) return echo(app, rq, rs, err);
    rs->status = 413;
    rs->media_type = CN_S("text/plain; charset=utf-8");
    rs->body = CN_S("the page's own words for too large");
    return true;
}

/* ---- Handlers that wait, each until all are let go ---- */

typedef struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    unsigned waiting, openings;
} gate;

static bool wait_at_gate(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    gate *g = app;
    (void)pthread_mutex_lock(&g->lock);
    unsigned since = g->openings;
    g->waiting++;
    while (g->openings == since) (void)pthread_cond_wait(&g->opened, &g->lock);
    (void)pthread_mutex_unlock(&g->lock);
    return hello(app, rq, rs, err);
}

static bool open_gate(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    gate *g = app;
    (void)pthread_mutex_lock(&g->lock);
    g->openings++;
    g->waiting = 0;
    (void)pthread_cond_broadcast(&g->opened);
    (void)pthread_mutex_unlock(&g->lock);
    return hello(app, rq, rs, err);
}

static bool say_waiting(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    gate *g = app;
    (void)pthread_mutex_lock(&g->lock);
    unsigned n = g->waiting;
    (void)pthread_mutex_unlock(&g->lock);
    rs->media_type = CN_S("text/plain; charset=utf-8");
    return cn_arena_print(rq->arena, &rs->body, "%u", n) || cn_fail_memory(err);
}

/* Fills the arena, then shows that there is still room for an error's page. */
static bool greedy(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app;
    for (;;) {
        if (!cn_arena_alloc(rq->arena, 1 << 20)) return cn_fail_memory(err);
        if (!cn_response_header(rq, rs, CN_S("x-greedy"), CN_S("1"))) return cn_fail_memory(err);
    }
}

static const cn_route routes[] = {
    {CN_GET, "/", hello, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, true, false, false},
    {CN_GET, "/echo", echo, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_POST, "/echo", echo, CN_PUBLIC, CN_CSRF_NONE, 1 << 20, 0, false, false, false, true, false},
    {CN_POST, "/small", echo, CN_PUBLIC, CN_CSRF_NONE, 1000, 0, false, false, false, true, false},
    {CN_POST, "/own", too_large, CN_PUBLIC, CN_CSRF_NONE, 1000, 0, true, false, false, true, false},
    {CN_POST, "/token", echo, CN_PUBLIC, CN_CSRF_TOKEN, 1000, 0, false, false, false, false, false},
    {CN_GET, "/file/:name", echo, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_GET, "/costly", hello, CN_PUBLIC, CN_CSRF_NONE, 0, 1, false, false, false, false, false},
    {CN_GET, "/wait", wait_at_gate, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_POST, "/wait", wait_at_gate, CN_PUBLIC, CN_CSRF_NONE, 1000, 0, false, false, false, true, false},
    {CN_GET, "/costly-wait", wait_at_gate, CN_PUBLIC, CN_CSRF_NONE, 0, 1, false, false, false, false, false},
    {CN_GET, "/open", open_gate, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, true, false, false},
    {CN_GET, "/waiting", say_waiting, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, true, false, false},
    {CN_GET, "/greedy", greedy, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
};

static bool error_page(void *app, const cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    (void)app;
    rs->media_type = CN_S("text/html; charset=utf-8");
    return cn_arena_print(rq->arena, &rs->body, "<!doctype html><title>%d %s</title><p>%s</p><p>end</p>", status,
                          cn_status_phrase(status), why->id);
}

static unsigned number(int argc, char **argv, int i, unsigned otherwise) {
    uint64_t v = otherwise;
    return i < argc && cn_slice_to_u64(cn_slice_of(argv[i]), 1000000, &v) ? (unsigned)v : otherwise;
}

int main(int argc, char **argv) {
    gate g = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};
    cn_site site = {
        .app = &g, .routes = routes, .routes_n = sizeof routes / sizeof *routes, .error_page = error_page};
    cn_server_options options = {.timeout_seconds = number(argc, argv, 1, 0),
                                 .rate_per_minute = number(argc, argv, 2, 0),
                                 .rate_burst = number(argc, argv, 3, 0),
                                 .trust_proxy = number(argc, argv, 4, 0) != 0,
                                 .threads = number(argc, argv, 5, 0),
                                 .stop_seconds = number(argc, argv, 6, 0),
                                 .max_per_address = 200,
                                 .request_memory = 8 << 20};
    cn_server *server;
    cn_err err;
    if (!cn_server_start(&site, &options, &server, &err)) {
        (void)fprintf(stderr, "http_echo: %s\n", err.detail);
        return 1;
    }
    printf("%u\n", cn_server_port(server));
    (void)fflush(stdout);
    while (getchar() != EOF) {
    }
    if (!cn_server_stop(server)) _exit(0);
    return 0;
}
