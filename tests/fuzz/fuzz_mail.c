/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing e-mails: five lines are an address, a name, a subject, an id and a language, the rest is the text.
 * Whatever they are, a mail that is written has the header lines it should and no others, lines of ASCII that end
 * with CR LF and are short enough, and its text between its two boundaries.
 */
#include "net/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cn_slice take_line(cn_slice *rest) {
    cn_slice line;
    (void)cn_slice_cut(*rest, '\n', &line, rest);
    return line;
}

static void check_address(cn_slice typed) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(1 << 20);
    cn_mail_address m, again;
    cn_err err;
    if (!cn_mail_address_ok(a, typed, true, &m, &err)) {
        assert(err.code == CN_INVALID);
        return;
    }
    assert(m.text.n <= CN_MAIL_ADDRESS_MAX && m.text.n == m.key.n);
    assert(cn_slice_eq_nocase(m.text, m.key) && cn_slice_ends(m.text, m.domain));
    /* The normal form of a normal form is itself. */
    assert(cn_mail_address_ok(a, m.key, true, &again, &err));
    assert(cn_slice_eq(again.text, m.key) && cn_slice_eq(again.key, m.key));
}

static bool is_header(cn_slice line) {
    static const char *const names[] = {
        "From: ",           "To: ",           "Subject: ",     "Date: ", "Message-ID: ", "Content-Language: ",
        "Auto-Submitted: ", "MIME-Version: ", "Content-Type: "};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cn_slice_starts(line, cn_slice_of(names[i]))) return true;
    return false;
}

static void check_mail(cn_slice bytes) {
    size_t headers = 0, boundaries = 0;
    bool in_header = true;
    while (bytes.n) {
        size_t end = cn_slice_find(bytes, CN_S("\r\n"));
        assert(end != SIZE_MAX);
        cn_slice line = cn_slice_sub(bytes, 0, end);
        bytes = cn_slice_from(bytes, end + 2);
        assert(line.n <= 76 || (line.n <= 998 && in_header));
        for (size_t i = 0; i < line.n; i++) assert((line.p[i] >= ' ' && line.p[i] < 0x7f) || line.p[i] == '\t');
        if (!line.n) in_header = false;
        if (in_header && line.p[0] != ' ') assert(is_header(line) && ++headers <= 9);
        if (!in_header && cn_slice_starts(line, CN_S("--=_"))) boundaries++;
    }
    assert(headers == 9 && boundaries == 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(16 << 20);
    cn_slice rest = cn_slice_bytes(data, size), bytes;
    cn_err err;
    cn_mail mail = {.from = {CN_S("no-reply@cairn.example"), CN_S("Cairn")}, .date = {1780000000, 0}};
    mail.to.address = take_line(&rest);
    mail.to.name = take_line(&rest);
    mail.subject = take_line(&rest);
    mail.id = take_line(&rest);
    mail.language = take_line(&rest);
    mail.text = mail.html = rest;
    check_address(mail.to.address);
    if (cn_mail_write(a, &mail, &bytes, &err)) check_mail(bytes);
    else assert(err.code == CN_INVALID || err.code == CN_LIMIT);
    return 0;
}
