/* SPDX-License-Identifier: Apache-2.0
 *
 * usage: exchange_lines COUNT | FILE...
 * Achievements in each format, for exchange_node.mjs to judge: one JSON object a line, {"name", "format", "valid",
 * "document"}. They are made up; COUNT of them, and as many that could be designed here ("valid"). Or what is read
 * of files, for exchange_files.py: {"format", "achievement", "notes": [[place, word]…]} of each, or {"error"}.
 */
#include "exchange/exchange.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/exchange/made_up.h"
#include "../unit/exchange/made_valid.h"

static bool print_line(cn_arena *a, uint64_t seed, bool valid, cn_exchange_format format) {
    cn_slice at;
    const cn_json *achievement = valid ? made_valid(a, seed, &at) : made_up(a, seed), *document;
    cn_json *line = cn_json_object(a);
    cn_slice name;
    cn_err err;
    if (!achievement || !cn_exchange_write(a, achievement, format, &document, &err)) return false;
    bool good = cn_arena_print(a, &name, "%s%s %llu", cn_exchange_name(format), valid ? " valid" : "",
                               (unsigned long long)seed) &&
                cn_json_set(a, line, CN_S("valid"), cn_json_bool(valid)) &&
                cn_json_set(a, line, CN_S("name"), cn_json_string(a, name)) &&
                cn_json_set(a, line, CN_S("format"), cn_json_string(a, cn_slice_of(cn_exchange_name(format)))) &&
                cn_json_set(a, line, CN_S("document"), document);
    cn_buf b = cn_buf_on(a, 0);
    if (good) cn_json_write(&b, line);
    cn_buf_byte(&b, '\n');
    return good && cn_buf_ok(&b) && fwrite(b.p, 1, b.n, stdout) == b.n;
}

/* ---- Files ---- */

static bool set_text(cn_arena *a, cn_json *line, cn_slice key, const char *text) {
    return cn_json_set(a, line, key, cn_json_string(a, cn_slice_of(text)));
}

static bool tell(cn_arena *a, const cn_exchange_reading *r, cn_json *line) {
    cn_json *notes = cn_json_array(a);
    for (size_t i = 0; notes && i < r->notes_n; i++) {
        cn_json *one = cn_json_array(a);
        if (!one || !cn_json_push(a, one, cn_json_string(a, r->notes[i].at)) ||
            !cn_json_push(a, one, cn_json_string(a, cn_slice_of(r->notes[i].why))) || !cn_json_push(a, notes, one))
            return false;
    }
    return set_text(a, line, CN_S("format"), cn_exchange_name(r->format)) &&
           cn_json_set(a, line, CN_S("achievement"), r->achievement) && cn_json_set(a, line, CN_S("notes"), notes);
}

static bool print_file(cn_arena *a, const char *name) {
    cn_buf text = cn_buf_on(a, 0), b = cn_buf_on(a, 0);
    cn_json *line = cn_json_object(a);
    const cn_json *file;
    cn_exchange_reading r;
    cn_err err;
    FILE *f = fopen(name, "rb");
    if (!f || !line) return false;
    for (int c; (c = fgetc(f)) != EOF;) cn_buf_byte(&text, (char)c);
    bool good = fclose(f) == 0;
    cn_slice all = cn_buf_slice(&text);
    if (cn_slice_starts(all, CN_S("\xef\xbb\xbf"))) all = cn_slice_from(all, 3);
    bool read = cn_json_read(a, all, NULL, &file, &err) && cn_exchange_read(a, file, &r, &err);
    good = good && (read ? tell(a, &r, line) : set_text(a, line, CN_S("error"), err.id));
    cn_json_write(&b, line);
    cn_buf_byte(&b, '\n');
    return good && cn_buf_ok(&b) && fwrite(b.p, 1, b.n, stdout) == b.n;
}

static int print_files(char **names) {
    for (; *names; names++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        if (!print_file(a, *names)) return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    uint64_t count;
    if (argc != 2 || !cn_slice_to_u64(cn_slice_of(argv[1]), 1000000, &count)) return print_files(argv + 1);
    for (uint64_t seed = 1; seed <= count; seed++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        for (int i = CN_EXCHANGE_CAIRN + 1; i < CN_EXCHANGE_FORMATS; i++)
            if (!print_line(a, seed, false, (cn_exchange_format)i) ||
                !print_line(a, seed, true, (cn_exchange_format)i))
                return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
