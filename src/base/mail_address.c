/* SPDX-License-Identifier: Apache-2.0
 *
 * E-mail addresses: the mailbox of RFC 5321, 4.1.2, with a dot-string before the @ and a domain name after it.
 */
#include "base/base.h"

enum { LABEL_MAX = 63 };

static bool is_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* atext of RFC 5322, 3.2.3 */
static bool is_atom(char c) {
    static const cn_slice others = CN_S_INIT("!#$%&'*+-/=?^_`{|}~");
    return is_alnum(c) || cn_slice_find_byte(others, c) != SIZE_MAX;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool check_characters(cn_slice s, cn_err *err) {
    for (size_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] <= ' ' || (uint8_t)s.p[i] >= 0x7f)
            return cn_fail(err, CN_INVALID, "mail.address.characters",
                           "An e-mail address holds neither spaces nor accented letters.");
    return true;
}

static bool check_local(cn_slice local, cn_err *err) {
    bool ok = local.n > 0;
    for (size_t i = 0; i < local.n && ok; i++) {
        bool at_end = i == 0 || i == local.n - 1;
        ok = is_atom(local.p[i]) || (local.p[i] == '.' && !at_end && local.p[i - 1] != '.');
    }
    if (!ok)
        return cn_fail(err, CN_INVALID, "mail.address.local",
                       "What stands before the @ of the e-mail address is no name of a mailbox.");
    return local.n <= CN_MAIL_LOCAL_MAX ||
           cn_fail(err, CN_INVALID, "mail.address.long",
                   "More than %d characters stand before the @ of the e-mail address.", CN_MAIL_LOCAL_MAX);
}

static bool is_label(cn_slice s) {
    if (!s.n || s.n > LABEL_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-') return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && s.p[i] != '-') return false;
    return true;
}

static bool has_letter(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if (lower(s.p[i]) >= 'a' && lower(s.p[i]) <= 'z') return true;
    return false;
}

/* The last label has a letter: what has none is an IP address, or a part of one. */
static bool is_domain(cn_slice s, bool demo) {
    cn_slice label, rest = s;
    for (size_t labels = 1;; labels++) {
        bool more = cn_slice_cut(rest, '.', &label, &rest);
        if (!is_label(label)) return false;
        if (!more) return has_letter(label) && (labels > 1 || demo);
    }
}

static bool cut_at(cn_slice s, cn_slice *local, cn_slice *domain, cn_err *err) {
    if (cn_slice_cut(s, '@', local, domain) && cn_slice_find_byte(*domain, '@') == SIZE_MAX) return true;
    return cn_fail(err, CN_INVALID, "mail.address.at",
                   "An e-mail address holds one @, as in name@school.example.");
}

static bool check(cn_slice s, bool demo, size_t *local_n, cn_err *err) {
    cn_slice local, domain;
    if (!s.n) return cn_fail(err, CN_INVALID, "mail.address.empty", "There is no e-mail address.");
    if (s.n > CN_MAIL_ADDRESS_MAX)
        return cn_fail(err, CN_INVALID, "mail.address.long", "The e-mail address has more than %d characters.",
                       CN_MAIL_ADDRESS_MAX);
    if (!check_characters(s, err) || !cut_at(s, &local, &domain, err) || !check_local(local, err)) return false;
    if (!is_domain(domain, demo))
        return cn_fail(err, CN_INVALID, "mail.address.domain",
                       "What stands after the @ of the e-mail address is no domain name, as school.example is.");
    *local_n = local.n;
    return true;
}

static bool copy_lower(cn_arena *a, cn_slice s, size_t from, cn_slice *out, cn_err *err) {
    char *p = CN_NEW_ARRAY(a, char, s.n + 1);
    if (!p) return cn_fail_memory(err);
    for (size_t i = 0; i < s.n; i++) p[i] = i < from ? s.p[i] : lower(s.p[i]);
    *out = (cn_slice){p, s.n};
    return true;
}

bool cn_mail_address_ok(cn_arena *a, cn_slice typed, bool demo, cn_mail_address *out, cn_err *err) {
    cn_slice s = cn_slice_trim(typed);
    cn_mail_address m;
    size_t local_n;
    if (!check(s, demo, &local_n, err)) return false;
    if (!copy_lower(a, s, local_n, &m.text, err) || !copy_lower(a, s, 0, &m.key, err)) return false;
    m.domain = cn_slice_from(m.text, local_n + 1);
    *out = m;
    return true;
}
