/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands that make proofs share.
 */
#include "cli/signing.h"

enum { INPUT_MAX = 16 << 20 };

bool cn_given_add(cn_given *g, const char *value, cn_err *err) {
    if (g->n == CN_GIVEN_MAX)
        return cn_fail(err, CN_INVALID, "cli.many", "An option can be given %d times at most.", CN_GIVEN_MAX);
    g->v[g->n++] = cn_slice_of(value);
    return true;
}

bool cn_signing_open(cn_signing *s, cn_err *err) {
    *s = (cn_signing){.arena = cn_arena_new(0)};
    if (!cn_crypto_new(&s->crypto, err)) return false;
    cn_net_options offline = {.offline = true, .crypto = s->crypto};
    if (!cn_net_new(&offline, &s->net, err)) return false;
    s->processed = cn_contexts_new();
    s->contexts = cn_builtin_loader(cn_net_contexts(s->net));
    return true;
}

void cn_signing_close(cn_signing *s) {
    cn_contexts_free(s->processed);
    cn_net_free(s->net);
    cn_crypto_free(s->crypto);
    cn_arena_free(s->arena);
}

bool cn_signing_context(cn_signing *s, const char *value, cn_err *err) {
    return cn_outside_add_context(s->net, value, err);
}

bool cn_signing_contexts(cn_signing *s, const char *folder, cn_err *err) {
    return cn_net_add_context_folder(s->net, cn_slice_of(folder), err);
}

bool cn_signing_read(cn_signing *s, const char *name, const cn_json **out, cn_err *err) {
    cn_slice text;
    return cn_file_read(s->arena, cn_slice_of(name), INPUT_MAX, &text, err) &&
           cn_json_read(s->arena, text, &(cn_json_options){.refuse_duplicates = true}, out, err);
}

bool cn_signing_print(cn_signing *s, const cn_json *document, cn_err *err) {
    cn_buf line = cn_buf_on(s->arena, 0);
    cn_json_write(&line, document);
    cn_buf_byte(&line, '\n');
    if (!cn_buf_ok(&line)) return cn_fail_memory(err);
    fwrite(line.p, 1, line.n, stdout);
    return true;
}
