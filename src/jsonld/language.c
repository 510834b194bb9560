/* SPDX-License-Identifier: Apache-2.0
 *
 * Language tags: their shape.
 */
#include "jsonld/internal.h"

static bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool cn_language_well_formed(cn_slice s) {
    bool first = true;
    while (s.n) {
        cn_slice part, rest;
        bool more = cn_slice_cut(s, '-', &part, &rest);
        if (part.n < 1 || part.n > 8) return false;
        for (size_t i = 0; i < part.n; i++)
            if (!is_alpha(part.p[i]) && (first || !is_digit(part.p[i]))) return false;
        first = false;
        if (!more) return true;
        s = rest;
    }
    return false;
}
