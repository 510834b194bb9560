/* SPDX-License-Identifier: Apache-2.0
 *
 * Context files the operator named, one by one or as a folder with an index.
 * They are read at once: a context that changes under a running program would make
 * the same signature good at one moment and bad at the next.
 */
#include "net/inside.h"

#include "base/base.h"

static bool keep(cn_net *n, cn_slice url, cn_slice body, cn_err *err) {
    cn_slice *kept = CN_NEW(n->arena, cn_slice);
    cn_slice key;
    if (!kept || !cn_arena_copy(n->arena, url, &key)) return cn_fail_memory(err);
    *kept = body;
    if (!cn_map_put(n->arena, &n->contexts, key, kept)) return cn_fail_memory(err);
    return true;
}

bool cn_net_add_context(cn_net *n, cn_slice url, cn_slice path, cn_err *err) {
    cn_slice body;
    return cn_file_read(n->arena, path, n->options.max_bytes, &body, err) && keep(n, url, body, err);
}

static bool digest_agrees(const cn_net *n, cn_slice body, cn_slice expected) {
    cn_digest digest = cn_hash_of(n->crypto, CN_SHA256, body);
    char room[2 * sizeof digest.bytes];
    cn_buf hex = {.p = room, .cap = sizeof room, .max = sizeof room};
    cn_hex_write(&hex, cn_digest_slice(&digest));
    return cn_slice_eq_nocase(cn_buf_slice(&hex), expected);
}

static bool add_row(cn_net *n, cn_slice index, const cn_json_member *row, cn_err *err) {
    cn_slice name = cn_json_get_text(row->value, CN_S("file"));
    cn_slice expected = cn_json_get_text(row->value, CN_S("sha256"));
    if (!name.n || !expected.n)
        return cn_fail(err, CN_INVALID, "net.file", "%.*s gives no \"file\" and \"sha256\" for %.*s.",
                       CN_ARG(index), CN_ARG(row->key));
    cn_slice path, body;
    if (!cn_net_beside(n->arena, index, name, &path, err)) return false;
    if (!cn_file_read(n->arena, path, n->options.max_bytes, &body, err)) return false;
    if (!digest_agrees(n, body, expected))
        return cn_fail(err, CN_INVALID, "net.digest", "The SHA-256 of %.*s is not the one %.*s gives.",
                       CN_ARG(path), CN_ARG(index));
    return keep(n, row->key, body, err);
}

bool cn_net_add_context_folder(cn_net *n, cn_slice path, cn_err *err) {
    cn_slice index;
    const cn_json *rows;
    if (!cn_arena_print(n->arena, &index, "%.*s/index.json", CN_ARG(path))) return cn_fail_memory(err);
    if (!cn_net_read_json(n, index, &rows, err)) return false;
    for (size_t i = 0; i < rows->object.n; i++)
        if (!add_row(n, index, &rows->object.v[i], err)) return false;
    return true;
}
