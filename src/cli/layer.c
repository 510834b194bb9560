/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands for one layer of the engine share.
 */
#include "cli/layer.h"

#include <unistd.h>

#include "net/net.h"

static int no_such_verb(const cn_command *command, const char *given, const char *const *verbs) {
    fprintf(stderr, "cairn: %s: there is no \"%s\"; there is", command->name, given);
    for (size_t i = 0; verbs[i]; i++) fprintf(stderr, "%s %s", i ? "," : "", verbs[i]);
    fprintf(stderr, "; \"cairn %s --help\" tells more.\n", command->name);
    return CN_EXIT_USAGE;
}

static int wrong(const cn_command *command, const char *what) {
    fprintf(stderr, "cairn: %s: %s; \"cairn %s --help\" tells more.\n", command->name, what, command->name);
    return CN_EXIT_USAGE;
}

int cn_layer_operands(const cn_command *command, int argc, char **argv, int operand, const char *const *verbs,
                      size_t *verb, const char **file) {
    if (operand == argc) return wrong(command, "say what to do");
    for (*verb = 0; verbs[*verb] && strcmp(verbs[*verb], argv[operand]) != 0;) ++*verb;
    if (!verbs[*verb]) return no_such_verb(command, argv[operand], verbs);
    if (argc - operand > 2) return wrong(command, "one file at a time");
    *file = argc - operand == 2 ? argv[operand + 1] : "-";
    if (argc - operand == 1 && isatty(STDIN_FILENO))
        return wrong(command, "name a file, or give it on standard input");
    return -1;
}

bool cn_layer_read(cn_arena *a, const char *file, cn_slice *out, cn_err *err) {
    return cn_file_read(a, cn_slice_of(file), CN_LAYER_MAX, out, err);
}

bool cn_layer_read_json(cn_arena *a, const char *file, const cn_json **out, cn_err *err) {
    cn_slice text;
    return cn_layer_read(a, file, &text, err) &&
           cn_json_read(a, text, &(cn_json_options){.refuse_duplicates = true}, out, err);
}

int cn_layer_complain(const char *file, const cn_err *err) {
    fprintf(stderr, "cairn: %s: %s (%s%s%s)\n", strcmp(file, "-") == 0 ? "standard input" : file, err->detail,
            err->where, err->where[0] ? ", " : "", err->id);
    return CN_EXIT_FAILED;
}

int cn_layer_write(const char *file, const cn_buf *b) {
    cn_err err = {0};
    if (!cn_buf_ok(b)) return (void)cn_fail_memory(&err), cn_layer_complain(file, &err);
    if (b->n) fwrite(b->p, 1, b->n, stdout);
    return CN_EXIT_OK;
}
