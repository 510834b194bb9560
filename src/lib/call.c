/* SPDX-License-Identifier: Apache-2.0
 *
 * The frame of a call: what its arguments have to be, and how results and errors reach the caller.
 */
#include <string.h>

#include "lib/inside.h"

/* No option of any release comes near it: a size above is memory that nobody has set. */
enum { OPTIONS_MAX = 4096 };

static bool fail_null(cn_err *err, const char *what) {
    return cn_fail(err, CN_INVALID, "argument.null", "NULL was given in place of %s.", what);
}

bool cn_call_begin(cn_call *c, const cn_engine *engine, const void *out) {
    *c = (cn_call){.engine = engine};
    if (!engine) return fail_null(&c->err, "an engine");
    c->arena = cn_arena_new(engine->options.max_memory);
    return out || fail_null(&c->err, "a place for the result");
}

static void tell(cn_error *error, const cn_err *err) {
    (void)snprintf(error->kind, sizeof error->kind, "%s", cn_code_name(err->code));
    (void)snprintf(error->id, sizeof error->id, "%s", err->id);
    (void)snprintf(error->where, sizeof error->where, "%s", err->where);
    (void)snprintf(error->detail, sizeof error->detail, "%s", err->detail);
}

bool cn_call_end(cn_call *c, bool good, cn_error *error) {
    cn_arena_free(c->arena);
    if (!good && error) tell(error, &c->err);
    return good;
}

/* ---- Arguments ---- */

bool cn_call_bytes(cn_call *c, const void *bytes, size_t n, cn_slice *out) {
    if (!bytes && n) return fail_null(&c->err, "bytes");
    *out = cn_slice_bytes(bytes, n);
    return true;
}

bool cn_call_text(cn_call *c, const char *text, cn_slice *out) {
    if (!text) return fail_null(&c->err, "a text");
    *out = cn_slice_of(text);
    return true;
}

bool cn_call_texts(cn_call *c, const char *const *texts, size_t n, cn_slices *out) {
    cn_slice *v = CN_NEW_ARRAY(c->arena, cn_slice, n);
    if (!texts && n) return fail_null(&c->err, "texts");
    if (!v) return cn_fail_memory(&c->err);
    for (size_t i = 0; i < n; i++)
        if (!cn_call_text(c, texts[i], &v[i])) return false;
    *out = (cn_slices){v, n};
    return true;
}

bool cn_call_json(cn_call *c, const void *bytes, size_t n, const cn_json **out) {
    cn_slice text;
    return cn_call_bytes(c, bytes, n, &text) &&
           cn_json_read(c->arena, text, &(cn_json_options){.refuse_duplicates = true}, out, &c->err);
}

bool cn_call_signer(cn_call *c, const cn_signer *signer) {
    return signer || fail_null(&c->err, "a key to sign with");
}

bool cn_call_random(cn_call *c) {
    return c->engine->options.random ||
           cn_fail(&c->err, CN_INVALID, "engine.random", "This takes randomness, and the engine was given none.");
}

bool cn_call_options(cn_call *c, const void *given, void *own, size_t known) {
    enum { STEP = sizeof(size_t) }; /* a struct ends at a whole one, whichever release it is of */
    size_t size;
    if (!given) return true;
    memcpy(&size, given, sizeof size);
    if (size < STEP || size % STEP || size > OPTIONS_MAX)
        return cn_fail(&c->err, CN_INVALID, "argument.size",
                       "The first member of the options has to be their size.");
    const unsigned char *bytes = given;
    for (size_t i = known; i < size; i++)
        if (bytes[i])
            return cn_fail(&c->err, CN_UNSUPPORTED, "argument.newer",
                           "The options ask for what only a newer release of the library does.");
    memcpy(own, given, size < known ? size : known);
    return true;
}

bool cn_call_flags(cn_call *c, uint64_t given, uint64_t known) {
    return !(given & ~known) ||
           cn_fail(&c->err, CN_INVALID, "argument.flags", "The flags hold one that this release does not know.");
}

bool cn_call_time(cn_call *c, const int64_t *given, cn_time *out) {
    const cn_engine_options *o = &c->engine->options;
    *out = (cn_time){.sec = given ? *given : 0};
    if (given) return true;
    if (!o->clock)
        return cn_fail(&c->err, CN_INVALID, "engine.clock",
                       "The call does not say the time, and the engine has no clock to ask.");
    return o->clock(o->self, &out->sec) ||
           cn_fail(&c->err, CN_UNAVAILABLE, "engine.clock-failed", "The clock does not know the time.");
}

/* ---- Results ---- */

bool cn_call_give(cn_slice s, cn_bytes *out) {
    char *p = malloc(s.n + 1);
    if (!p) cn_no_memory();
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = 0;
    *out = (cn_bytes){p, s.n};
    return true;
}

bool cn_call_give_buf(cn_call *c, const cn_buf *b, cn_bytes *out) {
    return cn_buf_ok(b) ? cn_call_give(cn_buf_slice(b), out) : cn_fail_memory(&c->err);
}

void cn_bytes_free(cn_bytes *bytes) {
    if (!bytes || !bytes->p) return;
    explicit_bzero(bytes->p, bytes->n);
    free(bytes->p);
    *bytes = (cn_bytes){0};
}
