/* SPDX-License-Identifier: Apache-2.0
 *
 * Licences that are known: those of Creative Commons, and of governments here.
 */
#include "app/licence.h"

enum { CLOSED = 1, ALIKE = 2, NONCOMMERCIAL = 4 };

typedef struct known {
    cn_slice begins; /* of the address, without scheme and "www."; behind a last "/" its version may follow */
    cn_slice name;
    unsigned says;
} known;

static const known licences[] = {
    {CN_S_INIT("creativecommons.org/licenses/by/"), CN_S_INIT("CC BY"), 0},
    {CN_S_INIT("creativecommons.org/licenses/by-sa/"), CN_S_INIT("CC BY-SA"), ALIKE},
    {CN_S_INIT("creativecommons.org/licenses/by-nd/"), CN_S_INIT("CC BY-ND"), CLOSED},
    {CN_S_INIT("creativecommons.org/licenses/by-nc/"), CN_S_INIT("CC BY-NC"), NONCOMMERCIAL},
    {CN_S_INIT("creativecommons.org/licenses/by-nc-sa/"), CN_S_INIT("CC BY-NC-SA"), ALIKE | NONCOMMERCIAL},
    {CN_S_INIT("creativecommons.org/licenses/by-nc-nd/"), CN_S_INIT("CC BY-NC-ND"), CLOSED | NONCOMMERCIAL},
    {CN_S_INIT("creativecommons.org/publicdomain/zero/"), CN_S_INIT("CC0"), 0},
    {CN_S_INIT("creativecommons.org/publicdomain/mark/"), CN_S_INIT("Public Domain Mark"), 0},
    {CN_S_INIT("open.canada.ca/en/open-government-licence-canada"),
     CN_S_INIT("Open Government Licence \xe2\x80\x93 Canada"), 0},
    {CN_S_INIT("ouvert.canada.ca/fr/licence-du-gouvernement-ouvert-canada"),
     CN_S_INIT("Licence du gouvernement ouvert \xe2\x80\x93 Canada"), 0},
    {CN_S_INIT("ontario.ca/page/open-government-licence-ontario"),
     CN_S_INIT("Open Government Licence \xe2\x80\x93 Ontario"), 0},
    {CN_S_INIT("ontario.ca/fr/page/licence-du-gouvernement-ouvert-ontario"),
     CN_S_INIT("Licence du gouvernement ouvert \xe2\x80\x93 Ontario"), 0},
};

static cn_slice without(cn_slice text, cn_slice prefix) {
    bool there = text.n >= prefix.n && cn_slice_eq_nocase(cn_slice_sub(text, 0, prefix.n), prefix);
    return there ? cn_slice_from(text, prefix.n) : text;
}

/* Whole segments: "…/licence-ontario" is not where ".../licence-ontario-2" leads; and ".../by-nd" is ".../by-nd/".
 */
static bool begins(cn_slice address, cn_slice with) {
    size_t n = cn_slice_ends(with, CN_S("/")) ? with.n - 1 : with.n;
    if (address.n < n || !cn_slice_eq_nocase(cn_slice_sub(address, 0, n), cn_slice_sub(with, 0, n))) return false;
    return address.n == n || cn_slice_find_byte(CN_S("/?#"), address.p[n]) != SIZE_MAX;
}

/* "4.0": digits and dots. */
static bool is_number(cn_slice s) {
    bool good = s.n > 0 && s.n < 8;
    for (size_t i = 0; i < s.n; i++) good = good && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.');
    return good;
}

static cn_slice name_of(cn_arena *a, const known *k, cn_slice rest) {
    cn_slice number, tail, out = {0};
    (void)cn_slice_cut(rest, '/', &number, &tail);
    if (!cn_slice_ends(k->begins, CN_S("/")) || !is_number(number)) return k->name;
    return cn_arena_print(a, &out, "%.*s %.*s", CN_ARG(k->name), CN_ARG(number)) ? out : (cn_slice){0};
}

cn_licence cn_licence_of(cn_arena *a, cn_slice address) {
    cn_slice s = without(without(without(address, CN_S("https://")), CN_S("http://")), CN_S("www."));
    for (size_t i = 0; i < sizeof licences / sizeof *licences; i++) {
        const known *k = &licences[i];
        if (!begins(s, k->begins)) continue;
        cn_slice name = name_of(a, k, s.n > k->begins.n ? cn_slice_from(s, k->begins.n) : (cn_slice){0});
        return (cn_licence){name, k->says & CLOSED, k->says & ALIKE, k->says & NONCOMMERCIAL};
    }
    return (cn_licence){{0}, false, false, false};
}
