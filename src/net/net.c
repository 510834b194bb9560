/* SPDX-License-Identifier: Apache-2.0
 *
 * The room's object, and the order in which its sources are asked: Cairn's own
 * documents, the operator's files, then the network.
 */
#include "net/inside.h"

enum { MAX_BYTES = 4 << 20, TIMEOUT_MS = 5000, MAX_REDIRECTS = 5 };

/* ---- The two loaders ---- */

/* A fragment names a part of a document and is never sent. */
static cn_slice without_fragment(cn_slice url) {
    cn_slice head, tail;
    (void)cn_slice_cut(url, '#', &head, &tail);
    return head;
}

static bool fail_unlisted(cn_err *err, cn_slice url) {
    return cn_fail(err, CN_NOT_FOUND, "net.not-listed", "No file answers for %.*s.", CN_ARG(url));
}

static bool go_out(const cn_net *n, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    if (n->options.offline)
        return cn_fail(err, CN_UNAVAILABLE, "net.offline", "Offline: %.*s was not asked for.", CN_ARG(url));
    return cn_net_start_curl(n->crypto, err) && cn_net_fetch(n, a, url, out, err);
}

static bool load_any(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const cn_net *n = self;
    url = without_fragment(url);
    if (cn_net_own(n, url)) return n->options.own->load(n->options.own->self, a, url, out, err);
    const cn_net_file *file;
    if (cn_net_mapped(n, url, &file)) return cn_net_mapped_load(n, a, url, file, out, err);
    if (n->mapped) return fail_unlisted(err, url);
    return go_out(n, a, url, out, err);
}

/* A prefix is a permission to ask there; where that server then redirects to is its own affair. */
static bool may_fetch_context(const cn_net *n, cn_slice url) {
    for (size_t i = 0; i < n->options.context_prefixes_n; i++)
        if (cn_net_under(url, n->options.context_prefixes[i])) return true;
    return false;
}

static bool load_context(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const cn_net *n = self;
    url = without_fragment(url);
    const cn_slice *body = cn_map_get(&n->contexts, url);
    if (body) {
        cn_document d = {.body = *body, .media_type = CN_S("application/ld+json")};
        if (!cn_arena_copy(a, url, &d.final_url)) return cn_fail_memory(err);
        *out = d;
        return true;
    }
    if (cn_net_own(n, url)) return n->options.own->load(n->options.own->self, a, url, out, err);
    const cn_net_file *file;
    if (cn_net_mapped(n, url, &file)) return cn_net_mapped_load(n, a, url, file, out, err);
    if (n->mapped || !may_fetch_context(n, url)) return fail_unlisted(err, url);
    return go_out(n, a, url, out, err);
}

const cn_loader *cn_net_resolver(const cn_net *n) {
    return &n->resolver;
}

const cn_loader *cn_net_contexts(const cn_net *n) {
    return &n->context_loader;
}

/* ---- Birth and end ---- */

void cn_net_free(cn_net *n) {
    if (!n) return;
    cn_arena_free(n->arena);
    cn_crypto_free(n->own_crypto);
    free(n);
}

void cn_net_free_auto(cn_net **n) {
    cn_net_free(*n);
}

static void fill_options(cn_net_options *o) {
    if (!o->max_bytes) o->max_bytes = MAX_BYTES;
    if (!o->timeout_ms) o->timeout_ms = TIMEOUT_MS;
    if (!o->max_redirects) o->max_redirects = MAX_REDIRECTS;
}

bool cn_net_new(const cn_net_options *options, cn_net **out, cn_err *err) {
    cn_crypto *own CN_CRYPTO_AUTO = NULL;
    if (!options->crypto && !cn_crypto_new(&own, err)) return false;
    const cn_crypto *crypto = own ? own : options->crypto;
    /* cn_net_own reads URLs with it */
    if (options->own && !cn_net_start_curl(crypto, err)) return false;
    cn_net *n = calloc(1, sizeof *n);
    if (!n) cn_no_memory();
    n->options = *options;
    fill_options(&n->options);
    n->arena = cn_arena_new(0);
    /* curl wants it to end with NUL */
    if (!cn_arena_copy(n->arena, options->ca_file, &n->options.ca_file)) cn_no_memory();
    n->crypto = crypto;
    n->own_crypto = own;
    own = NULL;
    n->resolver = (cn_loader){.self = n, .load = load_any};
    n->context_loader = (cn_loader){.self = n, .load = load_context};
    *out = n;
    return true;
}
