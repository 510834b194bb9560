/* SPDX-License-Identifier: Apache-2.0
 *
 * For comparing with other programs: reads a JSON value from every line of
 * standard input, writes its canonical form (RFC 8785) on a line of standard output,
 * or "error" with its id and place.
 */
#include "json/json.h"

static void answer(cn_slice line) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    const cn_json *v;
    cn_err err;
    if (!cn_json_read(a, line, NULL, &v, &err) || !cn_json_canonize(a, v, &b, &err)) {
        printf("error %s %s\n", err.id, err.where);
        return;
    }
    (void)fwrite(b.p, 1, b.n, stdout);
    putchar('\n');
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        if (line[n - 1] == '\n') n--;
        answer(cn_slice_bytes(line, (size_t)n));
    }
    free(line);
    return fflush(stdout) != 0 || ferror(stdin);
}
