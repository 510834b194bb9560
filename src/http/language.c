/* SPDX-License-Identifier: Apache-2.0
 *
 * Accept-Language (RFC 9110, 12.5.4) against the languages there are: a range "fr-CA" fits "fr" (lookup,
 * RFC 4647, 3.4), a range of more weight wins, then the one named first.
 */
#include "http/inside.h"

enum { MAX_RANGES = 32, MOST = 1000 };

/* RFC 9110, 12.4.2: "0.5" as thousandths; what is no weight counts as none given. */
static int read_weight(cn_slice s) {
    if (!s.n || (s.p[0] != '0' && s.p[0] != '1') || s.n > 5 || (s.n > 1 && s.p[1] != '.')) return MOST;
    int thousandths = (s.p[0] - '0') * MOST, unit = MOST / 10;
    for (size_t i = 2; i < s.n; i++, unit /= 10) {
        if (s.p[i] < '0' || s.p[i] > '9') return MOST;
        thousandths += (s.p[i] - '0') * unit;
    }
    return thousandths > MOST ? MOST : thousandths;
}

/* How well a range fits: 0 not at all, 1 "*", 2 a wider tag, 3 the tag itself. */
static int fit(cn_slice range, cn_slice language) {
    if (cn_slice_eq(range, CN_S("*"))) return 1;
    if (cn_slice_eq_nocase(range, language)) return 3;
    return range.n > language.n && range.p[language.n] == '-' &&
                   cn_slice_eq_nocase(cn_slice_sub(range, 0, language.n), language)
               ? 2
               : 0;
}

typedef struct choice {
    int weight, place;
} choice;

/* The weight of a language is that of the ranges that fit it best; among those, the greatest. */
static choice weigh(cn_slice header, cn_slice language) {
    choice best = {0, MAX_RANGES};
    int best_fit = 0;
    cn_slice item, range, weight;
    for (int place = 0; header.n && place < MAX_RANGES; place++) {
        (void)cn_slice_cut(header, ',', &item, &header);
        (void)cn_slice_cut(item, ';', &range, &weight);
        weight = cn_slice_trim(weight);
        bool given = weight.n > 2 && (weight.p[0] | 0x20) == 'q' && weight.p[1] == '=';
        int q = given ? read_weight(cn_slice_from(weight, 2)) : MOST, f = fit(cn_slice_trim(range), language);
        /* "fr-CA;q=0" refuses Canadian French, not French. */
        if (!f || (f == 2 && !q)) continue;
        bool tag = f > 1, best_tag = best_fit > 1;
        if ((tag && !best_tag) || (tag == best_tag && q > best.weight)) best = (choice){q, place};
        if (f > best_fit) best_fit = f;
    }
    return best;
}

cn_slice cn_language_choose(cn_slice accept_language, const cn_slice *languages, size_t n) {
    assert(n > 0);
    size_t chosen = 0;
    choice best = weigh(accept_language, languages[0]);
    for (size_t i = 1; i < n; i++) {
        choice c = weigh(accept_language, languages[i]);
        if (c.weight < best.weight || (c.weight == best.weight && c.place >= best.place)) continue;
        best = c;
        chosen = i;
    }
    return languages[chosen];
}
