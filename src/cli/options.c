/* SPDX-License-Identifier: Apache-2.0
 *
 * Options of commands: getopt_long from a table that also makes the help.
 */
#include <getopt.h>

#include "cli/cli.h"

enum { OPTIONS_MAX = 32, HELP_KEY = 1000, WIDE_ENOUGH = 20 };

static void to_getopt(const cn_option *table, struct option out[OPTIONS_MAX]) {
    int n = 0;
    for (; table[n].name; n++) {
        assert(n < OPTIONS_MAX - 2);
        out[n] =
            (struct option){table[n].name, table[n].value ? required_argument : no_argument, NULL, table[n].key};
    }
    out[n++] = (struct option){"help", no_argument, NULL, HELP_KEY};
    out[n] = (struct option){0};
}

/* The library's own message names the command as if that were the program. */
static void complain(const char *given, int key) {
    bool is_long = given[0] == '-' && given[1] == '-';
    const char letter[] = {'-', is_long ? '\0' : (char)optopt, '\0'};
    const char *why = key == ':' ? "needs a value" : is_long && optopt ? "takes no value" : "is no option here";
    fprintf(stderr, "cairn: %s %s; --help tells more.\n", is_long ? given : letter, why);
}

int cn_options_next(int argc, char **argv, const cn_option *table, const char **value, int *operand) {
    struct option options[OPTIONS_MAX];
    to_getopt(table, options);
    opterr = 0;
    int key = getopt_long(argc, argv, ":h", options, NULL);
    *operand = optind;
    *value = optarg;
    if (key == -1) return CN_OPTIONS_END;
    if (key == '?' || key == ':') {
        complain(argv[optind - 1], key);
        return CN_OPTIONS_BAD;
    }
    return key == HELP_KEY || key == 'h' ? CN_OPTIONS_HELP : key;
}

void cn_options_help(const cn_command *command, const cn_option *table, const char *more) {
    printf("usage: cairn %s %s\n\n%s\n\n", command->name, command->usage, command->about);
    int column = WIDE_ENOUGH;
    for (const cn_option *o = table; o->name; o++) {
        int n = (int)(strlen(o->name) + (o->value ? strlen(o->value) + 1 : 0));
        if (n > column) column = n;
    }
    for (const cn_option *o = table; o->name; o++) {
        int n = printf("  --%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
        printf("%*s%s\n", column + 6 - n, "", o->help);
    }
    printf("  --%-*s  this text\n", column, "help");
    if (more) printf("\n%s", more);
}

void cn_cli_complain(const char *what, const cn_err *err) {
    /* Not said twice; a name of a letter or two would be found anywhere. */
    bool named = strlen(what) > 2 && cn_slice_find(cn_slice_of(err->detail), cn_slice_of(what)) != SIZE_MAX;
    fprintf(stderr, "cairn: %s%s%s", named ? "" : what, named ? "" : ": ", err->detail);
    if (err->where[0]) fprintf(stderr, " (%s)", err->where);
    fputc('\n', stderr);
}
