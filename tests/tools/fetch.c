/* SPDX-License-Identifier: Apache-2.0
 *
 * Gets URLs as Cairn does, all at once, a thread for each, and prints a line of JSON for each in their
 * order: what was had, or the error.
 *
 *   fetch [--allow-private] [--max-bytes N] [--timeout-ms N] [--max-redirects N] [--ca FILE] URL...
 */
#include "net/net.h"

#include <getopt.h>
#include <pthread.h>

#include "base/base.h"

enum { JOBS_MAX = 64 };

static const struct option names[] = {
    {"allow-private", no_argument, NULL, 'p'},    {"max-bytes", required_argument, NULL, 'b'},
    {"timeout-ms", required_argument, NULL, 't'}, {"max-redirects", required_argument, NULL, 'r'},
    {"ca", required_argument, NULL, 'c'},         {NULL, 0, NULL, 0},
};

static long number(const char *text) {
    uint64_t v;
    if (!cn_slice_to_u64(cn_slice_of(text), INT32_MAX, &v)) exit(64);
    return (long)v;
}

static cn_net_options read_options(int argc, char **argv) {
    cn_net_options o = {0};
    for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        if (c == 'p') o.allow_private = true;
        else if (c == 'b') o.max_bytes = (size_t)number(optarg);
        else if (c == 't') o.timeout_ms = number(optarg);
        else if (c == 'r') o.max_redirects = number(optarg);
        else if (c == 'c') o.ca_file = cn_slice_of(optarg);
        else exit(64);
    }
    return o;
}

static void member(cn_buf *b, const char *key, cn_slice text) {
    cn_buf_print(b, "%s\"%s\": ", b->n > 1 ? ", " : "", key);
    cn_json_write_string(b, text);
}

/* The body as hexadecimal: it may be anything. */
static void print_document(cn_buf *b, cn_arena *a, const cn_document *d) {
    cn_buf hex = cn_buf_on(a, 0);
    cn_hex_write(&hex, d->body);
    member(b, "hex", cn_buf_slice(&hex));
    member(b, "type", d->media_type);
    member(b, "url", d->final_url);
}

typedef struct job {
    pthread_t thread;
    const cn_loader *resolver;
    const char *url;
    cn_arena *arena; /* owned */
    cn_buf line;     /* on the arena */
} job;

static void *get(void *self) {
    job *j = self;
    cn_document d;
    cn_err err;
    j->line = cn_buf_on(j->arena, 0);
    cn_buf_byte(&j->line, '{');
    if (j->resolver->load(j->resolver->self, j->arena, cn_slice_of(j->url), &d, &err)) {
        print_document(&j->line, j->arena, &d);
    } else {
        member(&j->line, "code", cn_slice_of(cn_code_name(err.code)));
        member(&j->line, "id", cn_slice_of(err.id));
        member(&j->line, "detail", cn_slice_of(err.detail));
    }
    cn_buf_add(&j->line, CN_S("}\n"));
    assert(cn_buf_ok(&j->line));
    return NULL;
}

static void get_all(const cn_loader *resolver, char **urls, size_t n) {
    static job jobs[JOBS_MAX];
    if (n > JOBS_MAX) exit(64);
    for (size_t i = 0; i < n; i++) {
        jobs[i] = (job){.resolver = resolver, .url = urls[i], .arena = cn_arena_new(0)};
        int failed = pthread_create(&jobs[i].thread, NULL, get, &jobs[i]);
        assert(!failed);
    }
    for (size_t i = 0; i < n; i++) {
        (void)pthread_join(jobs[i].thread, NULL);
        fwrite(jobs[i].line.p, 1, jobs[i].line.n, stdout);
        cn_arena_free(jobs[i].arena);
    }
}

int main(int argc, char **argv) {
    cn_net_options options = read_options(argc, argv);
    cn_net *n CN_NET_AUTO = NULL;
    cn_err err;
    if (!cn_net_new(&options, &n, &err)) {
        fprintf(stderr, "%s: %s\n", err.id, err.detail);
        return 1;
    }
    get_all(cn_net_resolver(n), argv + optind, (size_t)(argc - optind));
    return 0;
}
