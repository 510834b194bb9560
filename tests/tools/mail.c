/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes or sends e-mails. Each line of standard input is one as a JSON object (members as in cn_mail, "from" and
 * "to" as [address, name], the date in seconds); a line of JSON for each is printed: {} or the error.
 *
 *   mail write                      prints {"hex": …}: the bytes
 *   mail folder PATH                puts it into a folder
 *   mail smtp URL [--login FILE] [--hello NAME] [--ca FILE] [--timeout-ms N]
 */
#include "net/mail.h"

#include <getopt.h>

#include "json/json.h"

static const struct option names[] = {
    {"login", required_argument, NULL, 'l'},
    {"hello", required_argument, NULL, 'h'},
    {"ca", required_argument, NULL, 'c'},
    {"timeout-ms", required_argument, NULL, 't'},
    {NULL, 0, NULL, 0},
};

static long number(const char *text) {
    uint64_t v;
    if (!cn_slice_to_u64(cn_slice_of(text), INT32_MAX, &v)) exit(64);
    return (long)v;
}

static cn_smtp_options read_options(int argc, char **argv) {
    cn_smtp_options o = {0};
    for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        if (c == 'l') o.login_file = cn_slice_of(optarg);
        else if (c == 'h') o.hello = cn_slice_of(optarg);
        else if (c == 'c') o.ca_file = cn_slice_of(optarg);
        else if (c == 't') o.timeout_ms = number(optarg);
        else exit(64);
    }
    return o;
}

static cn_mail_party party(const cn_json *v) {
    return (cn_mail_party){cn_json_text(cn_json_item(v, 0)), cn_json_text(cn_json_item(v, 1))};
}

static bool read_mail(cn_arena *a, cn_slice line, cn_mail *out, cn_err *err) {
    const cn_json *v;
    if (!cn_json_read(a, line, NULL, &v, err)) return false;
    *out = (cn_mail){
        .from = party(cn_json_get(v, CN_S("from"))),
        .to = party(cn_json_get(v, CN_S("to"))),
        .subject = cn_json_get_text(v, CN_S("subject")),
        .language = cn_json_get_text(v, CN_S("language")),
        .text = cn_json_get_text(v, CN_S("text")),
        .html = cn_json_get_text(v, CN_S("html")),
        .id = cn_json_get_text(v, CN_S("id")),
        .date.sec = (int64_t)cn_json_get(v, CN_S("date"))->number,
    };
    return true;
}

static void member(cn_buf *b, const char *key, cn_slice text) {
    cn_buf_print(b, "%s\"%s\": ", b->n > 1 ? ", " : "", key);
    cn_json_write_string(b, text);
}

static bool write_mail(cn_arena *a, const cn_mail *mail, cn_buf *b, cn_err *err) {
    cn_slice bytes;
    cn_buf hex = cn_buf_on(a, 0);
    if (!cn_mail_write(a, mail, &bytes, err)) return false;
    cn_hex_write(&hex, bytes);
    member(b, "hex", cn_buf_slice(&hex));
    return true;
}

/* m is NULL when mails are only written. */
static void handle(cn_mailer *m, cn_slice line) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_mail mail;
    cn_err err;
    cn_buf_byte(&b, '{');
    if (!read_mail(a, line, &mail, &err) ||
        !(m ? cn_mailer_send(m, a, &mail, &err) : write_mail(a, &mail, &b, &err))) {
        member(&b, "code", cn_slice_of(cn_code_name(err.code)));
        member(&b, "id", cn_slice_of(err.id));
        member(&b, "where", cn_slice_of(err.where));
        member(&b, "detail", cn_slice_of(err.detail));
    }
    cn_buf_add(&b, CN_S("}\n"));
    assert(cn_buf_ok(&b));
    fwrite(b.p, 1, b.n, stdout);
    fflush(stdout);
}

static bool open_mailer(int argc, char **argv, cn_mailer **m, cn_err *err) {
    cn_smtp_options o = read_options(argc, argv);
    const char *how = optind < argc ? argv[optind] : "", *where = optind + 1 < argc ? argv[optind + 1] : "";
    if (strcmp(how, "write") == 0) return true;
    if (strcmp(how, "folder") == 0) return cn_mailer_folder(cn_slice_of(where), m, err);
    if (strcmp(how, "smtp") != 0) exit(64);
    o.url = cn_slice_of(where);
    return cn_mailer_smtp(&o, m, err);
}

int main(int argc, char **argv) {
    cn_mailer *m CN_MAILER_AUTO = NULL;
    cn_err err;
    char *line = NULL;
    size_t cap = 0;
    if (!open_mailer(argc, argv, &m, &err)) {
        fprintf(stderr, "%s: %s\n", err.id, err.detail);
        return 1;
    }
    for (ssize_t n; (n = getline(&line, &cap, stdin)) > 0;) handle(m, cn_slice_bytes(line, (size_t)n));
    free(line);
    return 0;
}
