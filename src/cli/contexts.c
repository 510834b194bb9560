/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn contexts: the JSON-LD contexts built into the program.
 */
#include "cli/cli.h"
#include "jsonld/jsonld.h"

enum { SHOW = 1 };
static const cn_option options[] = {
    {"show", "URL", "print the context itself", SHOW},
    {0},
};

static const char more[] = "Two digests stand with each context: \"sha256\" is of the copy in the program, "
                           "\"published\" of the file at its\n"
                           "URL. npm's copies differ from the published files in white space alone; Cairn's own "
                           "say the same in other words.\n"
                           "A digest that a credential gives for such a URL is compared with the published one.\n";

static int show(const char *url) {
    const cn_builtin_context *c = cn_builtin_context_find(cn_slice_of(url));
    if (!c) {
        fprintf(stderr, "cairn: no context is built in for %s; \"cairn contexts\" lists them.\n", url);
        return CN_EXIT_FAILED;
    }
    fwrite(c->body, 1, c->length, stdout);
    if (c->length && c->body[c->length - 1] != '\n') putchar('\n');
    return CN_EXIT_OK;
}

static int list(void) {
    size_t count;
    const cn_builtin_context *all = cn_builtin_contexts(&count);
    for (size_t i = 0; i < count; i++) {
        const char *published = all[i].published_sha256;
        printf("%s\n    from       %s\n    sha256     %s\n", all[i].url, all[i].source, all[i].sha256);
        if (*published) printf("    published  %s\n", published);
    }
    return CN_EXIT_OK;
}

static int run(int argc, char **argv) {
    const char *value, *url = NULL;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_contexts, options, more), CN_EXIT_OK;
        url = value;
    }
    if (operand < argc) {
        fprintf(stderr, "cairn: contexts takes no argument; \"cairn contexts --help\" tells more.\n");
        return CN_EXIT_USAGE;
    }
    return url ? show(url) : list();
}

const cn_command cn_command_contexts = {
    "contexts",
    "[--show URL]",
    "list the JSON-LD contexts built into the program, with their digests",
    run,
};
