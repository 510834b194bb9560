/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn rdf: the canonical form of a dataset.
 */
#include "cli/layer.h"
#include "rdf/rdf.h"

enum { HASH = 1, MAP, MAX_WORK };

static const cn_option options[] = {
    {"hash", "NAME", "sha256 (the default) or sha384", HASH},
    {"map", NULL, "write the labels that blank nodes were given, as JSON", MAP},
    {"max-work", "N", "give up after so many steps (100000), each some 0.3 us", MAX_WORK},
    {0},
};
static const char *const verbs[] = {"canonize", NULL};

static const char more[] =
    "canonize reads N-Quads and writes the canonical form of RDFC-1.0, sorted, each quad once.\n"
    "Exit status: 0 done, 1 the text is not valid, could not be read, or takes too much work, 64 wrong usage.\n";

static bool set_hash(const char *name, cn_rdfc_options *how) {
    how->hash = strcmp(name, "sha384") == 0 ? CN_SHA384 : CN_SHA256;
    return how->hash == CN_SHA384 || strcmp(name, "sha256") == 0;
}

static bool set_work(const char *text, cn_rdfc_options *how) {
    uint64_t n = 0;
    bool good = cn_slice_to_u64(cn_slice_of(text), SIZE_MAX, &n) && n > 0;
    how->max_work = (size_t)n;
    return good;
}

/* {"e0": "c14n0"}, in the order in which they were given */
static bool write_map(cn_arena *a, const cn_rdfc *result, cn_buf *b, cn_err *err) {
    cn_json *map = cn_json_object(a);
    for (size_t i = 0; i < result->map_n; i++)
        if (!map || !cn_json_set(a, map, result->map[i].from, cn_json_string(a, result->map[i].to)))
            return cn_fail_memory(err);
    if (!map) return cn_fail_memory(err);
    cn_json_write_pretty(b, map);
    cn_buf_byte(b, '\n');
    return true;
}

static int canonize(const char *file, const cn_rdfc_options *how, bool map) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_slice text;
    cn_dataset quads;
    cn_rdfc result;
    cn_err err = {0};
    cn_buf b = cn_buf_on(a, 0);
    if (!cn_crypto_new(&crypto, &err) || !cn_layer_read(a, file, &text, &err) ||
        !cn_nquads_read(a, text, 0, &quads, &err) || !cn_rdfc_canonize(crypto, a, &quads, how, &result, &err))
        return cn_layer_complain(file, &err);
    if (!map) cn_buf_add(&b, result.nquads);
    else if (!write_map(a, &result, &b, &err)) return cn_layer_complain(file, &err);
    return cn_layer_write(file, &b);
}

static int run(int argc, char **argv) {
    const char *value, *file;
    size_t verb;
    int operand, key;
    bool map = false, good = true;
    cn_rdfc_options how = {0};
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_rdf, options, more), CN_EXIT_OK;
        if (key == HASH) good = set_hash(value, &how);
        else if (key == MAX_WORK) good = set_work(value, &how);
        else map = true;
        if (good) continue;
        fprintf(stderr, "cairn: rdf: \"%s\" is no such value; \"cairn rdf --help\" tells more.\n", value);
        return CN_EXIT_USAGE;
    }
    int status = cn_layer_operands(&cn_command_rdf, argc, argv, operand, verbs, &verb, &file);
    return status < 0 ? canonize(file, &how, map) : status;
}

const cn_command cn_command_rdf = {
    "rdf",
    "canonize [OPTION]... [FILE|-]",
    "write the canonical form of N-Quads (RDFC-1.0)",
    run,
};
