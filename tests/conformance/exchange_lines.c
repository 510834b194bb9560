/* SPDX-License-Identifier: Apache-2.0
 *
 * usage: exchange_lines COUNT
 * Achievements in each format, for exchange_node.mjs to judge: one JSON object a line, {"name", "format",
 * "achievement", "document"}. They are made up; COUNT of them.
 */
#include "exchange/exchange.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/exchange/made_up.h"

static bool print_line(cn_arena *a, uint64_t seed, cn_exchange_format format) {
    const cn_json *achievement = made_up(a, seed), *document;
    cn_json *line = cn_json_object(a);
    cn_slice name;
    cn_err err;
    if (!cn_exchange_write(a, achievement, format, &document, &err)) return false;
    bool good = cn_arena_print(a, &name, "%s %llu", cn_exchange_name(format), (unsigned long long)seed) &&
                cn_json_set(a, line, CN_S("name"), cn_json_string(a, name)) &&
                cn_json_set(a, line, CN_S("format"), cn_json_string(a, cn_slice_of(cn_exchange_name(format)))) &&
                cn_json_set(a, line, CN_S("document"), document);
    cn_buf b = cn_buf_on(a, 0);
    if (good) cn_json_write(&b, line);
    cn_buf_byte(&b, '\n');
    return good && cn_buf_ok(&b) && fwrite(b.p, 1, b.n, stdout) == b.n;
}

int main(int argc, char **argv) {
    uint64_t count;
    if (argc != 2 || !cn_slice_to_u64(cn_slice_of(argv[1]), 1000000, &count)) return EXIT_FAILURE;
    for (uint64_t seed = 1; seed <= count; seed++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        for (int i = CN_EXCHANGE_CAIRN + 1; i < CN_EXCHANGE_FORMATS; i++)
            if (!print_line(a, seed, (cn_exchange_format)i)) return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
