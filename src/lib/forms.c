/* SPDX-License-Identifier: Apache-2.0
 *
 * The layers below credentials, one at a time: canonical JSON, JSON-LD, canonical RDF, and badges in images.
 */
#include <string.h>

#include "lib/inside.h"
#include "vc/bake.h"

/* ---- JSON ---- */

bool cn_engine_canonize_json(const cn_engine *engine, const void *json, size_t n, cn_bytes *out, cn_error *error) {
    cn_call c;
    const cn_json *v;
    bool good = cn_call_begin(&c, engine, out) && cn_call_json(&c, json, n, &v);
    if (good) {
        cn_buf b = cn_buf_on(c.arena, 0);
        good = cn_json_canonize(c.arena, v, &b, &c.err) && cn_call_give_buf(&c, &b, out);
    }
    return cn_call_end(&c, good, error);
}

static bool get(cn_call *c, const cn_json *whole, cn_slice pointer, cn_bytes *out) {
    const cn_json *v = cn_json_point(whole, pointer);
    cn_buf b = cn_buf_on(c->arena, 0);
    if (!v)
        return cn_fail_at(&c->err, CN_NOT_FOUND, "json.pointer", pointer,
                          "There is nothing where this points to.");
    if (cn_json_is(v, CN_JSON_STRING)) return cn_call_give(cn_json_text(v), out);
    cn_json_write(&b, v);
    return cn_call_give_buf(c, &b, out);
}

bool cn_engine_json_get(const cn_engine *engine, const void *json, size_t n, const char *pointer, cn_bytes *out,
                        cn_error *error) {
    cn_call c;
    const cn_json *v;
    cn_slice at;
    bool good = cn_call_begin(&c, engine, out) && cn_call_text(&c, pointer, &at) &&
                cn_call_json(&c, json, n, &v) && get(&c, v, at, out);
    return cn_call_end(&c, good, error);
}

/* ---- JSON-LD ---- */

typedef struct work {
    cn_call *call;
    cn_slice input;
    const cn_json *context;
    cn_jsonld_options how;
    cn_buf out;
} work;

static bool read_json(work *w, const cn_json **out) {
    return cn_json_read(w->call->arena, w->input, NULL, out, &w->call->err);
}

static bool expand(work *w) {
    const cn_json *in, *out;
    w->how.expand_context = w->context;
    if (!read_json(w, &in) || !cn_jsonld_expand(w->call->arena, in, &w->how, &out, &w->call->err)) return false;
    cn_json_write(&w->out, out);
    return true;
}

static bool compact(work *w) {
    const cn_json *in, *out;
    if (!read_json(w, &in) || !cn_jsonld_compact(w->call->arena, in, w->context, &w->how, &out, &w->call->err))
        return false;
    cn_json_write(&w->out, out);
    return true;
}

static bool flatten(work *w) {
    const cn_json *in, *out;
    if (!read_json(w, &in) || !cn_jsonld_flatten(w->call->arena, in, w->context, &w->how, &out, &w->call->err))
        return false;
    cn_json_write(&w->out, out);
    return true;
}

static bool to_rdf(work *w) {
    const cn_json *in;
    cn_dataset quads;
    w->how.expand_context = w->context;
    if (!read_json(w, &in) || !cn_jsonld_to_rdf(w->call->arena, in, &w->how, &quads, &w->call->err)) return false;
    cn_nquads_write(&w->out, &quads);
    return true;
}

static bool from_rdf(work *w) {
    cn_dataset quads;
    const cn_json *out;
    if (!cn_nquads_read(w->call->arena, w->input, 0, &quads, &w->call->err) ||
        !cn_jsonld_from_rdf(w->call->arena, &quads, &w->how, &out, &w->call->err))
        return false;
    cn_json_write(&w->out, out);
    return true;
}

static bool read_direction(cn_call *c, const char *name, cn_rdf_direction *out) {
    *out = CN_DIRECTION_NONE;
    if (!name) return true;
    if (strcmp(name, "i18n-datatype") == 0) *out = CN_DIRECTION_I18N;
    else if (strcmp(name, "compound-literal") == 0) *out = CN_DIRECTION_COMPOUND;
    else
        return cn_fail(&c->err, CN_INVALID, "argument.direction",
                       "The direction of text becomes i18n-datatype or compound-literal.");
    return true;
}

static bool read_options(cn_call *c, const cn_engine_jsonld_options *given, work *w) {
    enum {
        KNOWN = CN_JSONLD_SAFE | CN_JSONLD_ORDERED | CN_JSONLD_KEEP_ARRAYS | CN_JSONLD_KEEP_ABSOLUTE |
                CN_JSONLD_NATIVE_TYPES | CN_JSONLD_RDF_TYPE
    };
    cn_engine_jsonld_options o = {0};
    cn_rdf_direction direction;
    cn_slice context;
    if (!cn_call_options(c, given, &o, sizeof o) || !cn_call_flags(c, o.flags, KNOWN) ||
        !read_direction(c, o.direction, &direction) || !cn_call_bytes(c, o.context, o.context_n, &context))
        return false;
    w->how = (cn_jsonld_options){.loader = &c->engine->contexts,
                                 .processed = c->engine->processed,
                                 .base = cn_slice_of(o.base),
                                 .safe = (o.flags & CN_JSONLD_SAFE) != 0,
                                 .ordered = (o.flags & CN_JSONLD_ORDERED) != 0,
                                 .direction = direction,
                                 .keep_arrays = (o.flags & CN_JSONLD_KEEP_ARRAYS) != 0,
                                 .native_types = (o.flags & CN_JSONLD_NATIVE_TYPES) != 0,
                                 .rdf_type = (o.flags & CN_JSONLD_RDF_TYPE) != 0,
                                 .keep_absolute = (o.flags & CN_JSONLD_KEEP_ABSOLUTE) != 0};
    return !context.n || cn_json_read(c->arena, context, NULL, &w->context, &c->err);
}

static bool run(bool (*verb)(work *w), const cn_engine *engine, const void *bytes, size_t n,
                const cn_engine_jsonld_options *options, cn_bytes *out, cn_error *error) {
    cn_call c;
    work w = {.call = &c};
    bool good =
        cn_call_begin(&c, engine, out) && cn_call_bytes(&c, bytes, n, &w.input) && read_options(&c, options, &w);
    w.out = cn_buf_on(c.arena, 0);
    return cn_call_end(&c, good && verb(&w) && cn_call_give_buf(&c, &w.out, out), error);
}

bool cn_engine_expand(const cn_engine *engine, const void *json, size_t n, const cn_engine_jsonld_options *options,
                      cn_bytes *out, cn_error *error) {
    return run(expand, engine, json, n, options, out, error);
}

bool cn_engine_compact(const cn_engine *engine, const void *json, size_t n,
                       const cn_engine_jsonld_options *options, cn_bytes *out, cn_error *error) {
    return run(compact, engine, json, n, options, out, error);
}

bool cn_engine_flatten(const cn_engine *engine, const void *json, size_t n,
                       const cn_engine_jsonld_options *options, cn_bytes *out, cn_error *error) {
    return run(flatten, engine, json, n, options, out, error);
}

bool cn_engine_to_rdf(const cn_engine *engine, const void *json, size_t n, const cn_engine_jsonld_options *options,
                      cn_bytes *out, cn_error *error) {
    return run(to_rdf, engine, json, n, options, out, error);
}

bool cn_engine_from_rdf(const cn_engine *engine, const void *nquads, size_t n,
                        const cn_engine_jsonld_options *options, cn_bytes *out, cn_error *error) {
    return run(from_rdf, engine, nquads, n, options, out, error);
}

/* ---- RDF ---- */

static bool read_hash(cn_call *c, const char *name, cn_hash *out) {
    *out = name && strcmp(name, "sha384") == 0 ? CN_SHA384 : CN_SHA256;
    return !name || *out == CN_SHA384 || strcmp(name, "sha256") == 0 ||
           cn_fail(&c->err, CN_UNSUPPORTED, "argument.hash", "The hash is sha256 or sha384.");
}

/* {"e0": "c14n0"}, in the order in which they were given */
static bool write_map(cn_call *c, const cn_rdfc *r, cn_buf *b) {
    cn_json *map = cn_json_object(c->arena);
    for (size_t i = 0; map && i < r->map_n; i++)
        if (!cn_json_set(c->arena, map, r->map[i].from, cn_json_string(c->arena, r->map[i].to))) map = NULL;
    if (!map) return cn_fail_memory(&c->err);
    cn_json_write(b, map);
    return true;
}

static bool canonize(cn_call *c, cn_slice text, const char *hash, cn_bytes *out, cn_bytes *map) {
    cn_rdfc_options how = {.max_work = c->engine->options.max_work};
    cn_dataset quads;
    cn_rdfc r;
    cn_buf labels = cn_buf_on(c->arena, 0);
    if (!read_hash(c, hash, &how.hash) || !cn_nquads_read(c->arena, text, 0, &quads, &c->err) ||
        !cn_rdfc_canonize(c->engine->crypto, c->arena, &quads, &how, &r, &c->err))
        return false;
    if (map && !(write_map(c, &r, &labels) && cn_call_give_buf(c, &labels, map))) return false;
    return cn_call_give(r.nquads, out);
}

bool cn_engine_canonize_rdf(const cn_engine *engine, const void *nquads, size_t n, const char *hash, cn_bytes *out,
                            cn_bytes *map, cn_error *error) {
    cn_call c;
    cn_slice text;
    bool good = cn_call_begin(&c, engine, out) && cn_call_bytes(&c, nquads, n, &text) &&
                canonize(&c, text, hash, out, map);
    return cn_call_end(&c, good, error);
}

/* ---- Images ---- */

bool cn_engine_bake(const cn_engine *engine, const void *image, size_t n, const void *credential,
                    size_t credential_n, cn_bytes *out, cn_error *error) {
    cn_call c;
    cn_slice picture, payload, baked;
    bool good = cn_call_begin(&c, engine, out) && cn_call_bytes(&c, image, n, &picture) &&
                cn_call_bytes(&c, credential, credential_n, &payload) &&
                cn_bake(c.arena, picture, payload, &baked, &c.err) && cn_call_give(baked, out);
    return cn_call_end(&c, good, error);
}

bool cn_engine_unbake(const cn_engine *engine, const void *image, size_t n, cn_bytes *out, cn_error *error) {
    cn_call c;
    cn_slice picture, format, payload;
    bool good = cn_call_begin(&c, engine, out) && cn_call_bytes(&c, image, n, &picture) &&
                cn_unbake(c.arena, picture, &format, &payload, &c.err) && cn_call_give(payload, out);
    return cn_call_end(&c, good, error);
}
