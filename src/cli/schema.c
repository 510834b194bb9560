/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn schema: holds a JSON text against a JSON Schema. Nothing is fetched: what a schema refers to comes
 * from files.
 */
#include "schema/schema.h"
#include "cli/cli.h"
#include "cli/layer.h"
#include "net/net.h"

enum { DIALECT = 1, MAP, FORMATS, ALL, MAX_WORK, JSON };
enum { MAPS = 64, ALL_VIOLATIONS = 10000 };

static const cn_option options[] = {
    {"dialect", "NAME", "where the schema does not say: 2020-12 (default), 2019-09, draft-07, draft-06, draft-04",
     DIALECT},
    {"map", "URL=PATH",
     "a schema that is referred to, from a file; with / at the end of both, a folder of them (often)", MAP},
    {"formats", NULL, "hold texts to their \"format\"", FORMATS},
    {"all", NULL, "tell every violation, and not only the first 20", ALL},
    {"max-work", "N", "how much may be looked at (5,000,000)", MAX_WORK},
    {"json", NULL, "one JSON object on one line, for programs", JSON},
    {0},
};

static const char more[] =
    "Without FILE, or with -, standard input is held against the schema.\n"
    "Exit status: 0 valid, 1 not valid, 2 it cannot be said (the schema is none, or refers to what is not there;\n"
    "a file cannot be read; a limit), 64 wrong usage.\n";

typedef struct checking {
    cn_arena *arena;
    cn_schema_options options;
    cn_loader loader;
    cn_schema_run run;
    bool json;
    struct {
        cn_slice url, path;
    } maps[MAPS];
    size_t maps_n;
} checking;

/* ---- What is referred to ---- */

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const checking *c = self;
    for (size_t i = 0; i < c->maps_n; i++) {
        cn_slice from = c->maps[i].url, path = c->maps[i].path;
        bool folder = cn_slice_ends(from, CN_S("/")) && cn_slice_starts(url, from);
        if (!folder && !cn_slice_eq(url, from)) continue;
        cn_slice rest = folder ? cn_slice_from(url, from.n) : (cn_slice){0};
        if (cn_slice_find(rest, CN_S("..")) != SIZE_MAX) break;
        if (!cn_arena_print(a, &path, "%.*s%.*s", CN_ARG(c->maps[i].path), CN_ARG(rest)))
            return cn_fail_memory(err);
        *out = (cn_document){.final_url = url};
        return cn_file_read(a, path, CN_LAYER_MAX, &out->body, err);
    }
    return cn_fail(err, CN_NOT_FOUND, "schema.not-loaded",
                   "The schema refers to %.*s: name a file for it with --map.", CN_ARG(url));
}

/* ---- What comes out ---- */

static void set(cn_arena *a, cn_json *object, cn_slice key, const cn_json *value, bool *good) {
    *good = *good && object && cn_json_set(a, object, key, value);
}

static void set_some(cn_arena *a, cn_json *object, cn_slice key, cn_slice text, bool *good) {
    if (text.n) set(a, object, key, cn_json_string(a, text), good);
}

static cn_json *violation_of(cn_arena *a, const cn_violation *v, bool *good) {
    cn_json *o = cn_json_object(a);
    set(a, o, CN_S("instance"), cn_json_string(a, v->instance), good);
    set(a, o, CN_S("schema"), cn_json_string(a, v->schema), good);
    set(a, o, CN_S("keyword"), cn_json_string(a, v->keyword), good);
    set_some(a, o, CN_S("property"), v->property, good);
    set_some(a, o, CN_S("limit"), v->limit, good);
    set_some(a, o, CN_S("value"), v->value, good);
    set(a, o, CN_S("detail"), cn_json_string(a, v->detail), good);
    return o;
}

static int print_json(cn_arena *a, const cn_schema_result *r) {
    bool good = true;
    cn_buf b = cn_buf_on(a, 0);
    cn_json *out = cn_json_object(a), *all = cn_json_array(a);
    set(a, out, CN_S("valid"), cn_json_bool(r->valid), &good);
    for (size_t i = 0; i < r->n && good; i++)
        good = all && cn_json_push(a, all, violation_of(a, &r->violations[i], &good)) && good;
    set(a, out, CN_S("violations"), all, &good);
    set(a, out, CN_S("more"), cn_json_bool(r->more), &good);
    if (good) cn_json_write(&b, out);
    else b.full = true;
    cn_buf_byte(&b, '\n');
    int status = cn_layer_write("schema", &b);
    return status ? CN_EXIT_UNKNOWN : r->valid ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static int print(cn_arena *a, const cn_schema_result *r) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, r->valid ? CN_S("valid\n") : CN_S("not valid\n"));
    for (size_t i = 0; i < r->n; i++) {
        const cn_violation *v = &r->violations[i];
        cn_buf_print(&b, "  %.*s  %.*s [%.*s]\n", CN_ARG(v->instance.n ? v->instance : CN_S("(whole)")),
                     CN_ARG(v->detail), CN_ARG(v->schema));
    }
    if (r->more) cn_buf_add(&b, CN_S("  and more: see --all\n"));
    int status = cn_layer_write("schema", &b);
    return status ? CN_EXIT_UNKNOWN : r->valid ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static int cannot_say(const checking *c, const char *what, const cn_err *err) {
    if (c->json) puts("{\"valid\":null}");
    (void)cn_layer_complain(what, err);
    return CN_EXIT_UNKNOWN;
}

/* ---- The command ---- */

static int check(checking *c, const char *schema_file, const char *file) {
    const cn_json *source, *instance;
    const cn_schema *schema;
    cn_schema_result result;
    cn_err err = {0};
    c->loader = (cn_loader){c, load};
    c->options.loader = &c->loader;
    if (!cn_layer_read_json(c->arena, schema_file, &source, &err) ||
        !cn_schema_compile(c->arena, source, &c->options, &schema, &err))
        return cannot_say(c, schema_file, &err);
    if (!cn_layer_read_json(c->arena, file, &instance, &err) ||
        !cn_schema_validate(c->arena, schema, instance, &c->run, &result, &err))
        return cannot_say(c, file, &err);
    return c->json ? print_json(c->arena, &result) : print(c->arena, &result);
}

static bool add_map(checking *c, const char *value) {
    if (c->maps_n == MAPS) return false;
    bool whole = cn_slice_cut(cn_slice_of(value), '=', &c->maps[c->maps_n].url, &c->maps[c->maps_n].path);
    if (!whole || !c->maps[c->maps_n].path.n) return false;
    c->maps_n++;
    return true;
}

static bool apply(checking *c, int key, const char *value) {
    uint64_t n = 0;
    switch (key) {
    case DIALECT: return cn_dialect_find(cn_slice_of(value), &c->options.dialect);
    case MAP: return add_map(c, value);
    case FORMATS: return c->run.formats = true;
    case ALL: c->run.max_violations = ALL_VIOLATIONS; return true;
    case MAX_WORK:
        if (!cn_slice_to_u64(cn_slice_of(value), SIZE_MAX, &n) || !n) return false;
        c->run.max_work = (size_t)n;
        return true;
    default: return c->json = true;
    }
}

static int run(int argc, char **argv) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    checking c = {.arena = a};
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_schema, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (apply(&c, key, value)) continue;
        fprintf(stderr, "cairn: schema: \"%s\" is nothing that this option takes.\n", value);
        return CN_EXIT_USAGE;
    }
    if (argc - operand < 1 || argc - operand > 2) {
        fputs("cairn: schema: name a schema, and then a file or nothing.\n", stderr);
        return CN_EXIT_USAGE;
    }
    const char *file = argc - operand == 2 ? argv[operand + 1] : "-";
    if (strcmp(argv[operand], "-") == 0 && strcmp(file, "-") == 0) {
        fputs("cairn: schema: only one of the two can be standard input.\n", stderr);
        return CN_EXIT_USAGE;
    }
    return check(&c, argv[operand], file);
}

const cn_command cn_command_schema = {
    "schema",
    "[OPTION]... SCHEMA [FILE|-]",
    "hold a JSON text against a JSON Schema",
    run,
};
