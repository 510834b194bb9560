/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the room `vc` share.
 */
#include "bench.h"

/* Files are read on malloc and copied, so that a test that counts allocations sees one. */
static bool read_file(cn_arena *a, cn_slice name, cn_slice *out) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%.*s", TEST_DATA, CN_ARG(name));
    FILE *f = fopen(path, "rb");
    if (!f) fail_msg("no file %s", path);
    static char text[65536];
    size_t n = fread(text, 1, sizeof text, f);
    fclose(f);
    return cn_arena_copy(a, cn_slice_bytes(text, n), out);
}

cn_slice bench_file(cn_arena *a, const char *name) {
    cn_slice out;
    assert_true(read_file(a, cn_slice_of(name), &out));
    return out;
}

const cn_json *bench_json(cn_arena *a, const char *text) {
    const cn_json *v;
    cn_err err;
    assert_true(cn_json_read(a, cn_slice_of(text), NULL, &v, &err));
    return v;
}

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    bench *b = self;
    b->fetches++;
    cn_slice name = cn_json_get_text(cn_json_get(b->urls, url), CN_S("file"));
    if (!name.n) return cn_fail(err, CN_NOT_FOUND, "url.not-found", "There is nothing at its address.");
    *out = (cn_document){.final_url = url};
    return read_file(a, name, &out->body) || cn_fail_memory(err);
}

int bench_new(void **state) {
    bench *b = calloc(1, sizeof *b);
    cn_err err;
    b->arena = cn_arena_new(0);
    if (!cn_crypto_new(&b->crypto, &err)) return -1;
    b->network = (cn_loader){b, load};
    b->contexts = cn_builtin_loader(NULL);
    const cn_json *map;
    if (!cn_json_read(b->arena, bench_file(b->arena, "url-map.json"), NULL, &map, &err)) return -1;
    b->urls = cn_json_get(map, CN_S("urls"));
    b->processed = cn_contexts_new();
    b->lists = cn_lists_new();
    b->options = (cn_verify_options){.crypto = b->crypto,
                                     .contexts = &b->contexts,
                                     .processed = b->processed,
                                     .lists = b->lists,
                                     .resolver = &b->network};
    if (!cn_time_read(CN_S("2026-06-01T00:00:00Z"), &b->options.now, NULL)) return -1;
    *state = b;
    return 0;
}

int bench_done(void **state) {
    bench *b = *state;
    cn_lists_free(b->lists);
    cn_contexts_free(b->processed);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->arena);
    free(b);
    return 0;
}

cn_report bench_verify(bench *b, cn_slice input) {
    cn_report r;
    cn_err err;
    if (!cn_verify(b->arena, input, &b->options, &r, &err)) fail_msg("%s: %s", err.id, err.detail);
    return r;
}

const cn_step *bench_step(const cn_report *r, const char *id) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (!strcmp(r->steps[i].id, id)) return &r->steps[i];
    fail_msg("no step %s", id);
    return NULL;
}

cn_sign_options bench_signer(const bench *b, cn_private_key *key) {
#define KEY1 "z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"
    *key = (cn_private_key){.kind = CN_KEY_ED25519, .n = 32};
    memset(key->bytes, 1, 32);
    return (cn_sign_options){.crypto = b->crypto,
                             .contexts = &b->contexts,
                             .key = key,
                             .method = CN_S("did:key:" KEY1 "#" KEY1),
                             .created = {.sec = 1735776000}}; /* 2025-01-02T00:00:00Z */
}
