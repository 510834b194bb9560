/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn jsonld: the algorithms of JSON-LD 1.1, one at a time.
 */
#include "cli/layer.h"
#include "cli/outside.h"
#include "jsonld/jsonld.h"
#include "net/net.h"

enum {
    CONTEXT = 1,
    BASE,
    SAFE,
    ORDERED,
    KEEP_ARRAYS,
    KEEP_ABSOLUTE,
    NATIVE_TYPES,
    RDF_TYPE,
    DIRECTION,
    URL_MAP,
    CONTEXT_FILE,
    CONTEXTS,
    OFFLINE,
    ALLOW_PRIVATE,
    PREFIX
};
enum { GIVEN_MAX = 256 };

static const cn_option options[] = {
    {"context", "FILE|URL", "compact, flatten: the context to write with; expand, to-rdf: one to read with",
     CONTEXT},
    {"base", "IRI", "the document's own IRI: what relative IRIs are relative to", BASE},
    {"safe", NULL, "refuse what would be dropped, as a signature does", SAFE},
    {"ordered", NULL, "members in the order of their names", ORDERED},
    {"keep-arrays", NULL, "compact, flatten: an array of one stays an array", KEEP_ARRAYS},
    {"keep-absolute", NULL, "compact, flatten: IRIs are not made relative", KEEP_ABSOLUTE},
    {"native-types", NULL, "from-rdf: numbers and booleans become JSON's own", NATIVE_TYPES},
    {"rdf-type", NULL, "from-rdf: rdf:type stays a property", RDF_TYPE},
    {"direction", "KIND", "to-rdf, from-rdf: i18n-datatype or compound-literal", DIRECTION},
    {"url-map", "FILE", "answer URLs from files: {\"urls\": {URL: {\"file\": …}}}", URL_MAP},
    {"context-file", "URL=FILE", "answer one context's URL from a file", CONTEXT_FILE},
    {"contexts", "FOLDER", "JSON-LD contexts from a folder with an index.json", CONTEXTS},
    {"offline", NULL, "ask nobody", OFFLINE},
    {"allow-context-prefix", "URL", "fetch JSON-LD contexts whose URL begins so", PREFIX},
    {"allow-private", NULL, "fetch from private and loopback addresses too", ALLOW_PRIVATE},
    {0},
};

static const char more[] =
    "expand, compact, flatten and to-rdf read a JSON-LD document, from-rdf reads N-Quads. JSON or N-Quads go to\n"
    "standard output. Contexts that are built in (\"cairn contexts\") need no file and no network; nothing else "
    "is\n"
    "fetched unless --allow-context-prefix says so.\n"
    "Exit status: 0 done, 1 the input is not valid or a file could not be used, 64 wrong usage.\n";

typedef struct work {
    cn_arena *a;
    const char *file;
    const cn_json *context;
    cn_jsonld_options how;
    cn_buf out;
} work;

/* ---- The verbs ---- */

static bool write_json(work *w, const cn_json *v) {
    cn_json_write_pretty(&w->out, v);
    cn_buf_byte(&w->out, '\n');
    return true;
}

static bool expand(work *w, cn_err *err) {
    const cn_json *in, *out;
    w->how.expand_context = w->context;
    return cn_layer_read_json(w->a, w->file, &in, err) && cn_jsonld_expand(w->a, in, &w->how, &out, err) &&
           write_json(w, out);
}

static bool compact(work *w, cn_err *err) {
    const cn_json *in, *out;
    return cn_layer_read_json(w->a, w->file, &in, err) &&
           cn_jsonld_compact(w->a, in, w->context, &w->how, &out, err) && write_json(w, out);
}

static bool flatten(work *w, cn_err *err) {
    const cn_json *in, *out;
    return cn_layer_read_json(w->a, w->file, &in, err) &&
           cn_jsonld_flatten(w->a, in, w->context, &w->how, &out, err) && write_json(w, out);
}

static bool to_rdf(work *w, cn_err *err) {
    const cn_json *in;
    cn_dataset quads;
    w->how.expand_context = w->context;
    if (!cn_layer_read_json(w->a, w->file, &in, err) || !cn_jsonld_to_rdf(w->a, in, &w->how, &quads, err))
        return false;
    cn_nquads_write(&w->out, &quads);
    return true;
}

static bool from_rdf(work *w, cn_err *err) {
    cn_slice text;
    cn_dataset quads;
    const cn_json *out;
    return cn_layer_read(w->a, w->file, &text, err) && cn_nquads_read(w->a, text, 0, &quads, err) &&
           cn_jsonld_from_rdf(w->a, &quads, &w->how, &out, err) && write_json(w, out);
}

static const char *const verbs[] = {"expand", "compact", "flatten", "to-rdf", "from-rdf", NULL};
static bool (*const verb_functions[])(work *w, cn_err *err) = {expand, compact, flatten, to_rdf, from_rdf};

/* ---- Options ---- */

typedef struct given {
    cn_jsonld_options how;
    cn_net_options net;
    const char *context;
    cn_slice prefixes[GIVEN_MAX];
    struct {
        int key;
        const char *value;
    } files[GIVEN_MAX];
    size_t files_n;
} given;

static bool set_direction(given *g, const char *value) {
    g->how.direction = strcmp(value, "i18n-datatype") == 0      ? CN_DIRECTION_I18N
                       : strcmp(value, "compound-literal") == 0 ? CN_DIRECTION_COMPOUND
                                                                : CN_DIRECTION_NONE;
    return g->how.direction != CN_DIRECTION_NONE;
}

static bool add_file(given *g, int key, const char *value) {
    if (g->files_n == GIVEN_MAX) return false;
    g->files[g->files_n].key = key;
    g->files[g->files_n++].value = value;
    return true;
}

static bool add_prefix(given *g, const char *value) {
    if (g->net.context_prefixes_n == GIVEN_MAX) return false;
    g->prefixes[g->net.context_prefixes_n++] = cn_slice_of(value);
    return true;
}

/* False where the value is none. */
static bool apply(given *g, int key, const char *value) {
    switch (key) {
    case CONTEXT: return (g->context = value) != NULL;
    case BASE: return g->how.base = cn_slice_of(value), g->how.base.n > 0;
    case SAFE: return g->how.safe = true;
    case ORDERED: return g->how.ordered = true;
    case KEEP_ARRAYS: return g->how.keep_arrays = true;
    case KEEP_ABSOLUTE: return g->how.keep_absolute = true;
    case NATIVE_TYPES: return g->how.native_types = true;
    case RDF_TYPE: return g->how.rdf_type = true;
    case DIRECTION: return set_direction(g, value);
    case OFFLINE: return g->net.offline = true;
    case ALLOW_PRIVATE: return g->net.allow_private = true;
    case PREFIX: return add_prefix(g, value);
    default: return add_file(g, key, value);
    }
}

static bool use_file(cn_net *net, int key, const char *value, cn_err *err) {
    if (key == URL_MAP) return cn_net_add_url_map(net, cn_slice_of(value), err);
    if (key == CONTEXTS) return cn_net_add_context_folder(net, cn_slice_of(value), err);
    return cn_outside_add_context(net, value, err);
}

/* A file, or the URL as it is: the contexts that can be had answer for that. */
static bool read_context(cn_arena *a, const char *name, const cn_json **out, cn_err *err) {
    cn_slice url = cn_slice_of(name);
    if (!cn_slice_starts(url, CN_S("http://")) && !cn_slice_starts(url, CN_S("https://")))
        return cn_layer_read_json(a, name, out, err);
    *out = cn_json_string(a, url);
    return *out || cn_fail_memory(err);
}

static int work_on(given *g, cn_net *net, size_t verb, const char *file) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_loader loader = cn_builtin_loader(cn_net_contexts(net));
    cn_err err = {0};
    work w = {.a = a, .file = file, .how = g->how, .out = cn_buf_on(a, 0)};
    w.how.loader = &loader;
    for (size_t i = 0; i < g->files_n; i++)
        if (!use_file(net, g->files[i].key, g->files[i].value, &err))
            return cn_layer_complain(g->files[i].value, &err);
    if (g->context && !read_context(a, g->context, &w.context, &err)) return cn_layer_complain(g->context, &err);
    if (!verb_functions[verb](&w, &err)) return cn_layer_complain(file, &err);
    return cn_layer_write(file, &w.out);
}

static int run(int argc, char **argv) {
    const char *value, *file;
    size_t verb;
    int operand, key;
    cn_err err = {0};
    cn_net *net CN_NET_AUTO = NULL;
    given g = {0};
    g.net.context_prefixes = g.prefixes;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_jsonld, options, more), CN_EXIT_OK;
        if (apply(&g, key, value)) continue;
        fprintf(stderr, "cairn: jsonld: \"%s\" is no such value; \"cairn jsonld --help\" tells more.\n", value);
        return CN_EXIT_USAGE;
    }
    int status = cn_layer_operands(&cn_command_jsonld, argc, argv, operand, verbs, &verb, &file);
    if (status >= 0) return status;
    if (g.context && verb_functions[verb] == from_rdf) {
        fputs("cairn: jsonld: from-rdf takes no --context; compact what it writes.\n", stderr);
        return CN_EXIT_USAGE;
    }
    if (!cn_net_new(&g.net, &net, &err)) return cn_layer_complain("jsonld", &err);
    return work_on(&g, net, verb, file);
}

const cn_command cn_command_jsonld = {
    "jsonld",
    "expand|compact|flatten|to-rdf|from-rdf [OPTION]... [FILE|-]",
    "the algorithms of JSON-LD 1.1, one at a time",
    run,
};
