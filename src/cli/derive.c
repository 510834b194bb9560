/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn derive: from a credential for its holder (ecdsa-sd-2023) one that shows a part of it.
 */
#include <unistd.h>

#include "cli/cli.h"
#include "cli/signing.h"

enum { REVEAL = 1, CONTEXT, CONTEXTS };
static const cn_option options[] = {
    {"reveal", "POINTER", "what to show, as a JSON pointer: /credentialSubject/achievement/name (often)", REVEAL},
    {"context", "URL=FILE", "a JSON-LD context from a file", CONTEXT},
    {"contexts", "FOLDER", "JSON-LD contexts from a folder with an index.json", CONTEXTS},
    {0},
};
static const char more[] =
    "Prints the credential with what is named, with what its issuer made mandatory, and with the types and ids on "
    "the\n"
    "way there. No key is needed, and the issuer learns nothing of it. An empty pointer shows all.\n"
    "Exit status: 0 done, 1 not done, 64 wrong usage.\n";

typedef struct deriving {
    cn_signing s;
    cn_given pointers;
} deriving;

static int derive(deriving *w, const char *name) {
    cn_derive_options o = {.crypto = w->s.crypto,
                           .contexts = &w->s.contexts,
                           .processed = w->s.processed,
                           .pointers = w->pointers.v,
                           .pointers_n = w->pointers.n};
    const cn_json *document, *out;
    cn_err err = {0};
    if (!cn_signing_read(&w->s, name, &document, &err)) return cn_cli_complain(name, &err), CN_EXIT_FAILED;
    if (cn_sd_derive(w->s.arena, document, &o, &out, &err) && cn_signing_print(&w->s, out, &err))
        return CN_EXIT_OK;
    return cn_cli_complain("derive", &err), CN_EXIT_FAILED;
}

static bool apply(deriving *w, int key, const char *value, cn_err *err) {
    if (key == REVEAL) return cn_given_add(&w->pointers, value, err);
    return (key == CONTEXT ? cn_signing_context : cn_signing_contexts)(&w->s, value, err);
}

/* -1 to go on. */
static int read_options(deriving *w, int argc, char **argv, int *operand) {
    const char *value;
    int key;
    cn_err err = {0};
    while ((key = cn_options_next(argc, argv, options, &value, operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_derive, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (!apply(w, key, value, &err)) return cn_cli_complain("derive", &err), CN_EXIT_USAGE;
    }
    if (*operand + 1 >= argc && (*operand < argc || !isatty(STDIN_FILENO))) return -1;
    fputs(
        "cairn: derive takes one credential, by name or on standard input; \"cairn derive --help\" tells more.\n",
        stderr);
    return CN_EXIT_USAGE;
}

static int run(int argc, char **argv) {
    deriving w = {0};
    int operand = argc, status = CN_EXIT_FAILED;
    cn_err err = {0};
    if (!cn_signing_open(&w.s, &err)) cn_cli_complain("derive", &err);
    else status = read_options(&w, argc, argv, &operand);
    if (status < 0) status = derive(&w, operand == argc ? "-" : argv[operand]);
    cn_signing_close(&w.s);
    return status;
}

const cn_command cn_command_derive = {
    "derive",
    "[--reveal POINTER]... [FILE|-]",
    "show a part of a credential that was signed for that",
    run,
};
