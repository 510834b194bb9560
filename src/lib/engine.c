/* SPDX-License-Identifier: Apache-2.0
 *
 * Engines of libcairn: what they are given once, and the caller's functions as the ports of the rooms.
 */
#include "lib/inside.h"

struct cn_answer {
    cn_arena *arena;
    bool full;  /* something found no room */
    bool given; /* there is a body */
    cn_slice body, url, why;
};

const char *cn_version(void) {
    return CAIRN_VERSION;
}

/* ---- Documents ---- */

static bool keep(cn_answer *answer, cn_slice s, cn_slice *out) {
    bool good = cn_arena_copy(answer->arena, s, out);
    answer->full = answer->full || !good;
    return good;
}

bool cn_answer_body(cn_answer *answer, const void *bytes, size_t n) {
    if (!bytes && n) return false;
    answer->given = keep(answer, cn_slice_bytes(bytes, n), &answer->body);
    return answer->given;
}

bool cn_answer_url(cn_answer *answer, const char *url) {
    return url && keep(answer, cn_slice_of(url), &answer->url);
}

void cn_answer_refuse(cn_answer *answer, const char *why) {
    cn_slice s = cn_slice_of(why);
    if (cn_utf8_invalid(s) == SIZE_MAX) (void)keep(answer, s, &answer->why);
}

/* Asks one of the caller's functions. */
static bool ask(const cn_engine *e, cn_get_function *get, cn_arena *a, cn_slice url, cn_document *out,
                cn_err *err) {
    cn_answer answer = {.arena = a};
    cn_slice text;
    if (cn_slice_find_byte(url, 0) != SIZE_MAX) return cn_fail(err, CN_INVALID, "url.syntax", "this is no URL.");
    if (!cn_arena_copy(a, url, &text)) return cn_fail_memory(err);
    bool got = get(e->options.self, text.p, &answer);
    if (answer.full) return cn_fail_memory(err);
    if (answer.why.n) return cn_fail(err, CN_UNAVAILABLE, "resolver.refused", "%.*s", CN_ARG(answer.why));
    if (!got || !answer.given)
        return cn_fail(err, CN_NOT_FOUND, "resolver.not-found", "nobody has the document %.*s.", CN_ARG(url));
    *out = (cn_document){.body = answer.body, .final_url = answer.url.n ? answer.url : text};
    return true;
}

static bool load_context(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const cn_engine *e = self;
    const cn_slice *added = cn_map_get(&e->added, url);
    if (added) *out = (cn_document){.body = *added, .final_url = url};
    if (added) return true;
    if (e->options.get_context) return ask(e, e->options.get_context, a, url, out, err);
    return cn_fail(err, CN_NOT_FOUND, "jsonld.context-unknown", "The context %.*s was not given.", CN_ARG(url));
}

static bool load_document(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const cn_engine *e = self;
    const cn_slice *added = cn_map_get(&e->documents, url);
    if (added) *out = (cn_document){.body = *added, .final_url = url};
    if (added) return true;
    if (e->options.get_document) return ask(e, e->options.get_document, a, url, out, err);
    return cn_fail(err, CN_UNAVAILABLE, "resolver.offline", "nobody is asked for it here.");
}

static bool fill(void *self, uint8_t *out, size_t n) {
    const cn_engine *e = self;
    return e->options.random && e->options.random(e->options.self, out, n);
}

/* ---- The engine ---- */

bool cn_engine_new(const cn_engine_options *options, cn_engine **out, cn_error *error) {
    cn_engine *e = calloc(1, sizeof *e);
    if (!e) cn_no_memory();
    cn_call c;
    bool good = cn_call_begin(&c, e, out) && cn_call_options(&c, options, &e->options, sizeof e->options) &&
                cn_crypto_new(&e->crypto, &c.err);
    e->arena = cn_arena_new(0);
    e->processed = cn_contexts_new();
    e->status_lists = cn_lists_new();
    e->others = (cn_loader){e, load_context};
    e->contexts = cn_builtin_loader(&e->others);
    e->resolver = (cn_loader){e, load_document};
    e->random = (cn_random){e, fill};
    if (good) *out = e;
    else cn_engine_free(e);
    return cn_call_end(&c, good, error);
}

void cn_engine_free(cn_engine *engine) {
    if (!engine) return;
    cn_lists_free(engine->status_lists);
    cn_contexts_free(engine->processed);
    cn_crypto_free(engine->crypto);
    cn_arena_free(engine->arena);
    free(engine);
}

/* The last one counts; the room of an earlier one comes back with the engine's end. */
static bool add(cn_call *c, cn_engine *e, cn_map *to, cn_slice url, cn_slice body) {
    cn_slice key, *value = CN_NEW(e->arena, cn_slice);
    return (value && cn_arena_copy(e->arena, url, &key) && cn_arena_copy(e->arena, body, value) &&
            cn_map_put(e->arena, to, key, value)) ||
           cn_fail_memory(&c->err);
}

bool cn_engine_add_context(cn_engine *engine, const char *url, const void *json, size_t n, cn_error *error) {
    cn_call c;
    cn_slice name, text;
    const cn_json *read;
    bool good = cn_call_begin(&c, engine, engine) && cn_call_text(&c, url, &name) &&
                cn_call_bytes(&c, json, n, &text) && cn_json_read(c.arena, text, NULL, &read, &c.err);
    if (good && cn_builtin_context_find(name))
        good = cn_fail(&c.err, CN_CONFLICT, "context.built-in",
                       "The context %.*s is built in, and stays as it is.", CN_ARG(name));
    return cn_call_end(&c, good && add(&c, engine, &engine->added, name, text), error);
}

bool cn_engine_add_document(cn_engine *engine, const char *url, const void *bytes, size_t n, cn_error *error) {
    cn_call c;
    cn_slice name, body;
    bool good = cn_call_begin(&c, engine, engine) && cn_call_text(&c, url, &name) &&
                cn_call_bytes(&c, bytes, n, &body) && add(&c, engine, &engine->documents, name, body);
    return cn_call_end(&c, good, error);
}

/* The list lives as long as the engine, and borrows from its text. */
static bool add_list(cn_call *c, cn_engine *e, const cn_verify_options *how, cn_slice text) {
    cn_registry_options options = {.verify = how};
    cn_registry_list list;
    cn_slice kept;
    cn_registry joined;
    if (!cn_arena_copy(e->arena, text, &kept)) return cn_fail_memory(&c->err);
    if (!cn_registry_read(e->arena, kept, &options, &list, &c->err)) return false;
    cn_registry_list *lists =
        cn_arena_grow(e->arena, e->lists, e->lists_n, &e->lists_cap, e->lists_n + 1, sizeof *lists);
    if (!lists) return cn_fail_memory(&c->err);
    e->lists = lists;
    lists[e->lists_n] = list;
    if (!cn_registry_join(e->arena, lists, e->lists_n + 1, &joined, &c->err)) return false;
    e->registry = joined;
    e->lists_n++;
    return true;
}

bool cn_engine_add_registry(cn_engine *engine, const void *json, size_t n, const int64_t *at, cn_error *error) {
    cn_call c;
    cn_slice text;
    cn_verify_options how;
    bool good = cn_call_begin(&c, engine, engine) && cn_call_bytes(&c, json, n, &text) &&
                cn_call_verify_options(&c, at, &how) && add_list(&c, engine, &how, text);
    return cn_call_end(&c, good, error);
}
