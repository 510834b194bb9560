/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn privacy report: which personal information the database can hold.
 */
#include "cli/cli.h"
#include "cli/privacy_report.h"

enum { LANG = 1, JSON };
static const cn_option options[] = {
    {"lang", "en|fr", "in this language alone", LANG},
    {"json", NULL, "for programs", JSON},
    {0},
};
static const char more[] =
    "report    every column of the database that holds personal information: why, who reads it, how long it is\n"
    "          kept; Markdown, as the annex of a privacy impact assessment. It does not look at any database.\n";

static bool read_language(const char *value, cn_language *languages, size_t *n) {
    cn_language language = cn_language_of(cn_slice_of(value));
    if (!cn_slice_eq(cn_language_tag(language), cn_slice_of(value))) return false;
    languages[0] = language;
    *n = 1;
    return true;
}

static bool write_markdown(cn_arena *a, const cn_language *languages, size_t n, cn_buf *out, cn_err *err) {
    for (size_t i = 0; i < n; i++) {
        if (i) cn_buf_add(out, CN_S("\n---\n\n"));
        if (!cn_privacy_report(a, languages[i], CN_VERSION, out, err)) return false;
    }
    return true;
}

static int report(const cn_language *languages, size_t n, bool json) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf out = cn_buf_on(a, 0);
    cn_err err = {0};
    bool good = json ? cn_privacy_report_json(a, languages, n, CN_VERSION, &out, &err)
                     : write_markdown(a, languages, n, &out, &err);
    if (!good) return cn_cli_complain("privacy", &err), CN_EXIT_FAILED;
    fwrite(out.p, 1, out.n, stdout);
    return CN_EXIT_OK;
}

static int run(int argc, char **argv) {
    cn_language languages[CN_LANGUAGES] = {CN_EN, CN_FR};
    size_t n = CN_LANGUAGES;
    bool json = false;
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_privacy, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (key == JSON) json = true;
        else if (!read_language(value, languages, &n)) {
            fprintf(stderr, "cairn: --lang takes en or fr, not \"%s\".\n", value);
            return CN_EXIT_USAGE;
        }
    }
    if (argc - operand == 1 && !strcmp(argv[operand], "report")) return report(languages, n, json);
    fputs("cairn: usage: cairn privacy report [--lang en|fr] [--json]\n", stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_privacy = {
    "privacy",
    "report [--lang en|fr] [--json]",
    "which personal information Cairn keeps, why, for whom and how long",
    run,
};
