/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn json: the canonical form of a JSON text.
 */
#include "cli/layer.h"

static const cn_option options[] = {{0}};
static const char *const verbs[] = {"canonize", NULL};

static const char more[] =
    "canonize writes the canonical form of RFC 8785: its bytes, without a line break at the end.\n"
    "A text with a key twice in one object has none.\n"
    "Exit status: 0 done, 1 the text is not valid or could not be read, 64 wrong usage.\n";

static int canonize(const char *file) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v;
    cn_err err = {0};
    cn_buf b = cn_buf_on(a, 0);
    if (!cn_layer_read_json(a, file, &v, &err) || !cn_json_canonize(a, v, &b, &err))
        return cn_layer_complain(file, &err);
    return cn_layer_write(file, &b);
}

static int run(int argc, char **argv) {
    const char *value, *file;
    size_t verb;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        return cn_options_help(&cn_command_json, options, more), CN_EXIT_OK;
    }
    int status = cn_layer_operands(&cn_command_json, argc, argv, operand, verbs, &verb, &file);
    return status < 0 ? canonize(file) : status;
}

const cn_command cn_command_json = {
    "json",
    "canonize [FILE|-]",
    "write the canonical form of a JSON text (RFC 8785)",
    run,
};
