/* SPDX-License-Identifier: Apache-2.0
 *
 * For comparing with other programs: reads {"pack", "date", "record"} from every line of standard input, "pack"
 * being an id or a family of those that are built in, and writes what the rules come to as an object on a line of
 * standard output, {"RULE": "pass"…}, or "error" with its id and place.
 */
#include "rules/rules.h"

static bool answer(cn_arena *a, const cn_packs *packs, cn_slice line, cn_buf *b, cn_err *err) {
    const cn_json *v;
    const cn_pack *pack;
    const cn_rule_result *results;
    if (!cn_json_read(a, line, NULL, &v, err)) return false;
    cn_slice date = cn_json_get_text(v, CN_S("date"));
    if (!cn_packs_choose(packs, cn_json_get_text(v, CN_S("pack")), date, &pack, err) ||
        !cn_pack_check(a, pack, cn_json_get(v, CN_S("record")), date, &results, err))
        return false;
    for (size_t i = 0; i < pack->rules_n; i++) {
        cn_buf_byte(b, i ? ',' : '{');
        cn_json_write_string(b, pack->rules[i].id);
        cn_buf_print(b, ":\"%s\"", cn_rule_outcome_name(results[i].outcome));
    }
    cn_buf_byte(b, '}');
    return cn_buf_ok(b) || cn_fail_memory(err);
}

int main(void) {
    cn_arena *shelf CN_ARENA_AUTO = cn_arena_new(0);
    char *line = NULL;
    size_t room = 0;
    cn_packs packs;
    cn_err err;
    if (!cn_packs_builtin(shelf, &packs, &err)) return fprintf(stderr, "%s (%s)\n", err.detail, err.where), 1;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_buf b = cn_buf_on(a, 0);
        if (line[n - 1] == '\n') n--;
        if (answer(a, &packs, cn_slice_bytes(line, (size_t)n), &b, &err))
            printf("%.*s\n", CN_ARG(cn_buf_slice(&b)));
        else printf("error %s %s\n", err.id, err.where);
    }
    free(line);
    return fflush(stdout) != 0 || ferror(stdin);
}
