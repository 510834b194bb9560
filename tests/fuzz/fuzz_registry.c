/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing lists of known issuers. The input is tried as a list, and then as the subjects of
 * one that is signed here. Whoever a list names is found under that name, and nobody else is under it.
 */
#include "vc/registry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct world {
    cn_arena *a;
    const cn_crypto *crypto;
    const cn_loader *contexts;
    cn_private_key key;
    cn_slice did, method;
} world;

static world start(cn_arena *a, const cn_crypto *crypto, const cn_loader *contexts) {
    world w = {a, crypto, contexts, .key = {.kind = CN_KEY_ED25519, .n = 32}};
    cn_public_key public_key;
    cn_buf id = cn_buf_on(a, 0);
    cn_err err;
    memset(w.key.bytes, 1, w.key.n);
    if (!cn_key_public(crypto, a, &w.key, &public_key, &err) || !cn_multikey_write(&id, &public_key, &err))
        abort();
    cn_slice text = cn_buf_slice(&id);
    if (!cn_arena_print(a, &w.did, "did:key:%.*s", CN_ARG(text)) ||
        !cn_arena_print(a, &w.method, "%.*s#%.*s", CN_ARG(w.did), CN_ARG(text)))
        abort();
    return w;
}

/* The signed list of these subjects; false where they cannot be signed. */
static bool sign(const world *w, const cn_json *subjects, cn_slice *out) {
    cn_slice frame;
    const cn_json *unsigned_list, *list;
    cn_err err;
    const cn_sign_options o = {.crypto = w->crypto,
                               .contexts = w->contexts,
                               .key = &w->key,
                               .method = w->method,
                               .created = {.sec = 1780272000},
                               .max_work = 1000};
    if (!cn_arena_print(w->a, &frame,
                        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
                        "\"https://www.w3.org/ns/credentials/undefined-terms/v2\"],\"name\":\"A list\","
                        "\"type\":[\"VerifiableCredential\",\"RecognizedEntityCredential\"],\"issuer\":\"%.*s\"}",
                        CN_ARG(w->did)) ||
        !cn_json_read(w->a, frame, NULL, &unsigned_list, &err))
        abort();
    cn_json *whole = cn_json_copy_shallow(w->a, unsigned_list);
    if (!whole || !cn_json_set(w->a, whole, CN_S("credentialSubject"), subjects)) return false;
    if (!cn_integrity_add(w->a, whole, &o, &list, &err)) return false;
    cn_buf text = cn_buf_on(w->a, 0);
    cn_json_write(&text, list);
    *out = cn_buf_slice(&text);
    return cn_buf_ok(&text);
}

static void check_entry(cn_arena *a, const cn_registry *r, const cn_registry_entry *e) {
    bool found, imposes;
    cn_known_issuer who;
    cn_buf skeleton = cn_buf_on(a, 0);
    cn_err err;
    assert(e->id.n && cn_utf8_invalid(e->name) == SIZE_MAX);
    cn_name_skeleton(&skeleton, e->name);
    if (!r->find(r->self, a, e->id, e->name, &found, &who, &imposes, &err)) return;
    assert(found && !imposes);
    if (!r->find(r->self, a, CN_S("did:example:nobody"), e->name, &found, &who, &imposes, &err)) return;
    assert(found || imposes == (skeleton.n > 0));
}

static void try_list(const world *w, cn_slice text) {
    const cn_verify_options verify = {
        .crypto = w->crypto, .contexts = w->contexts, .now = {.sec = 1780272000}, .max_work = 1000};
    const cn_registry_options o = {.verify = &verify, .name = CN_S("A file"), .unsigned_too = true};
    cn_registry_list list;
    cn_registry r;
    cn_err err;
    if (!cn_registry_read(w->a, text, &o, &list, &err)) {
        assert(err.id && err.detail[0] && cn_utf8_invalid(cn_slice_of(err.detail)) == SIZE_MAX);
        return;
    }
    if (!cn_registry_join(w->a, &list, 1, &r, &err)) return;
    for (size_t i = 0; i < list.n; i++) check_entry(w->a, &r, &list.entries[i]);
    for (size_t i = 0; i < list.problems_n; i++) assert(list.problems[i].where.n && list.problems[i].text.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static cn_crypto *crypto; /* once: it is immutable */
    const cn_loader contexts = cn_builtin_loader(NULL);
    const cn_json *subjects;
    cn_slice text = cn_slice_bytes(data, size), list;
    cn_err err;
    if (!crypto && !cn_crypto_new(&crypto, &err)) abort();
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)32 << 20);
    const world w = start(a, crypto, &contexts);
    try_list(&w, text);
    if (cn_json_read(a, text, NULL, &subjects, &err) && sign(&w, subjects, &list)) try_list(&w, list);
    return 0;
}
