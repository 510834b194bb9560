/* SPDX-License-Identifier: Apache-2.0
 *
 * usage: schema_lines FILE
 * Reads lines of {"dialect", "schema", "values"}; for each prints a line: a list that says of each value whether
 * it is valid (null: it could not be said), or {"error": id}. schema_node.mjs compares.
 */
#include <stdio.h>

#include "corpus.h"
#include "schema/schema.h"

#include "base/base.h"

static void write_answers(cn_arena *a, const cn_schema *schema, const cn_json *values, cn_buf *b) {
    cn_schema_result result;
    cn_err err;
    cn_buf_byte(b, '[');
    for (size_t i = 0; i < cn_json_count(values); i++) {
        bool said = cn_schema_validate(a, schema, cn_json_item(values, i), NULL, &result, &err);
        cn_buf_print(b, "%s%s", i ? "," : "", !said ? "null" : result.valid ? "true" : "false");
    }
    cn_buf_byte(b, ']');
}

static void answer(cn_arena *a, cn_slice line, cn_buf *b) {
    const cn_json *task;
    const cn_schema *schema;
    cn_schema_options options = {0};
    cn_err err;
    if (!cn_json_read(a, line, NULL, &task, &err) ||
        !cn_dialect_find(cn_json_get_text(task, CN_S("dialect")), &options.dialect) ||
        !cn_schema_compile(a, cn_json_get(task, CN_S("schema")), &options, &schema, &err))
        cn_buf_print(b, "{\"error\": \"%s\"}", err.id);
    else write_answers(a, schema, cn_json_get(task, CN_S("values")), b);
}

int main(int argc, char **argv) {
    CN_ARENA_AUTO cn_arena *whole = cn_arena_new(0);
    cn_slice rest, line;
    if (argc != 2 || !corpus_read(whole, cn_slice_of(argv[1]), &rest)) return 2;
    for (bool more = true; more;) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_buf b = cn_buf_on(a, 0);
        more = cn_slice_cut(rest, '\n', &line, &rest);
        if (line.n == 0) continue;
        answer(a, line, &b);
        printf("%.*s\n", CN_ARG(cn_buf_slice(&b)));
    }
    return 0;
}
