/* SPDX-License-Identifier: Apache-2.0
 *
 * Gets URLs as Cairn does and prints a line of JSON for each: what was had, or the error.
 *
 *   fetch [--allow-private] [--max-bytes N] [--timeout-ms N] [--max-redirects N] [--ca FILE] URL...
 */
#include "net/net.h"

#include <getopt.h>

#include "base/base.h"

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

static void get(const cn_loader *resolver, const char *url) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_document d;
    cn_err err;
    cn_buf_byte(&b, '{');
    if (resolver->load(resolver->self, a, cn_slice_of(url), &d, &err)) print_document(&b, a, &d);
    else {
        member(&b, "code", cn_slice_of(cn_code_name(err.code)));
        member(&b, "id", cn_slice_of(err.id));
        member(&b, "detail", cn_slice_of(err.detail));
    }
    cn_buf_add(&b, CN_S("}\n"));
    assert(cn_buf_ok(&b));
    fwrite(b.p, 1, b.n, stdout);
}

int main(int argc, char **argv) {
    cn_net_options options = read_options(argc, argv);
    cn_net *n CN_NET_AUTO = NULL;
    cn_err err;
    if (!cn_net_new(&options, &n, &err)) {
        fprintf(stderr, "%s: %s\n", err.id, err.detail);
        return 1;
    }
    for (int i = optind; i < argc; i++) get(cn_net_resolver(n), argv[i]);
    return 0;
}
