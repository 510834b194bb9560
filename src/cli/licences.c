/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn licences: what the program is made of, and under which terms; the texts are built in.
 */
#include "cli/cli.h"

#include "licences.inc"

static const cn_option options[] = {{0}};

#define TEXT(array) cn_slice_bytes(array, sizeof array)

static void print(cn_slice text) {
    fwrite(text.p, 1, text.n, stdout);
}

/* "libssl3  Apache-2.0" of data/licences.txt, without its comments. */
static void print_libraries(cn_slice rest) {
    for (cn_slice line; rest.n;) {
        (void)cn_slice_cut(rest, '\n', &line, &rest);
        if (!line.n || line.p[0] == '#') continue;
        fputs("  ", stdout);
        print(line);
        putchar('\n');
    }
}

static int run(int argc, char **argv) {
    const char *value;
    int operand, key = cn_options_next(argc, argv, options, &value, &operand);
    if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_licences, options, NULL), CN_EXIT_OK;
    if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
    if (operand < argc) {
        fputs("cairn: licences takes no argument.\n", stderr);
        return CN_EXIT_USAGE;
    }
    print(TEXT(text_notice));
    puts("\nNot in the program: the libraries of Debian that it may load, by package.\n");
    print_libraries(TEXT(text_licences));
    putchar('\n');
    print(TEXT(text_license));
    return CN_EXIT_OK;
}

const cn_command cn_command_licences = {
    "licences",
    "",
    "the licences of Cairn, of what is built in and of the libraries it loads",
    run,
};
