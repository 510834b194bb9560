/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn bake and cairn unbake: a credential into an image, and out of it.
 */
#include <unistd.h>

#include "cli/cli.h"
#include "net/net.h"
#include "vc/bake.h"

enum { IMAGE = 1 };
static const cn_option bake_options[] = {
    {"image", "FILE", "the PNG or SVG image to bake into", IMAGE},
    {0},
};
static const cn_option unbake_options[] = {{0}};

static const char bake_more[] =
    "CREDENTIAL is a file with a JSON credential or a compact JWS; without one, or with -, standard input.\n"
    "The baked image goes to standard output: cairn bake --image a.png badge.json > badge.png\n"
    "Exit status: 0 baked, 1 not baked, 64 wrong usage.\n";
static const char unbake_more[] = "Without FILE, or with -, the image comes from standard input. Prints the "
                                  "credential as it stands in the image;\n"
                                  "nothing is verified: cairn unbake badge.png | cairn verify\n"
                                  "Exit status: 0 there is one, 1 there is none, 64 wrong usage.\n";

static int write_out(cn_slice bytes, const char *end) {
    fwrite(bytes.p, 1, bytes.n, stdout);
    fputs(end, stdout);
    return CN_EXIT_OK;
}

static int complain(const char *name, const cn_err *err) {
    cn_cli_complain(name, err);
    return CN_EXIT_FAILED;
}

static int bake(const char *image_name, const char *credential_name) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice image, credential, baked;
    cn_err err = {0};
    if (!cn_file_read(a, cn_slice_of(image_name), CN_IMAGE_MAX, &image, &err)) return complain(image_name, &err);
    if (!cn_file_read(a, cn_slice_of(credential_name), CN_IMAGE_MAX, &credential, &err))
        return complain(credential_name, &err);
    if (!cn_bake(a, image, credential, &baked, &err)) return complain("bake", &err);
    return write_out(baked, "");
}

static int unbake(const char *name) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice image, format, payload;
    cn_err err = {0};
    if (!cn_file_read(a, cn_slice_of(name), CN_IMAGE_MAX, &image, &err) ||
        !cn_unbake(a, image, &format, &payload, &err))
        return complain(name, &err);
    return write_out(payload, "\n");
}

static int run_bake(int argc, char **argv) {
    const char *value, *image = NULL;
    int operand, key;
    while ((key = cn_options_next(argc, argv, bake_options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_bake, bake_options, bake_more), CN_EXIT_OK;
        image = value;
    }
    bool typed = operand == argc && isatty(STDIN_FILENO);
    if (!image || operand + 1 < argc || typed || isatty(STDOUT_FILENO)) {
        fputs("cairn: bake takes --image FILE and one credential, a file or standard input, and writes the image "
              "to a file or pipe;\n"
              "\"cairn bake --help\" tells more.\n",
              stderr);
        return CN_EXIT_USAGE;
    }
    return bake(image, operand == argc ? "-" : argv[operand]);
}

static int run_unbake(int argc, char **argv) {
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, unbake_options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        return cn_options_help(&cn_command_unbake, unbake_options, unbake_more), CN_EXIT_OK;
    }
    if (operand + 1 < argc || (operand == argc && isatty(STDIN_FILENO))) {
        fputs("cairn: unbake takes one image, a file or standard input; \"cairn unbake --help\" tells more.\n",
              stderr);
        return CN_EXIT_USAGE;
    }
    return unbake(operand == argc ? "-" : argv[operand]);
}

const cn_command cn_command_bake = {
    "bake",
    "--image FILE [CREDENTIAL|-] > IMAGE",
    "put a credential into a PNG or SVG image",
    run_bake,
};

const cn_command cn_command_unbake = {
    "unbake",
    "[FILE|-]",
    "print the credential that a PNG or SVG image holds",
    run_unbake,
};
