/* SPDX-License-Identifier: Apache-2.0
 *
 * Made-up achievements, by a seed.
 */
#include "made_up.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct dice {
    cn_arena *arena;
    uint64_t state;
} dice;

/* SplitMix64. */
static uint64_t roll(dice *d, uint64_t sides) {
    uint64_t z = d->state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % sides;
}

static const cn_json *must(const cn_json *v) {
    if (!v) abort();
    return v;
}

static void set(dice *d, cn_json *object, const char *key, const cn_json *value) {
    cn_slice copy;
    if (!cn_arena_copy(d->arena, cn_slice_of(key), &copy) || !cn_json_set(d->arena, object, copy, must(value)))
        abort();
}

static const cn_json *text(dice *d, const char *words) {
    return must(cn_json_string(d->arena, cn_slice_of(words)));
}

static const cn_json *word(dice *d) {
    static const char *const words[] = {"ECTS",
                                        "EQF",
                                        "online",
                                        "onsite",
                                        "blended",
                                        "0613",
                                        "11.0802",
                                        "21231",
                                        "CA",
                                        "CAD",
                                        "",
                                        " ",
                                        "P60M",
                                        "{n}",
                                        "$",
                                        "portfolio",
                                        "institutional",
                                        "6",
                                        "a/b~c",
                                        "L’été",
                                        "en",
                                        "2026-01-31",
                                        "https://other.example/x",
                                        "unsupervised-noid"};
    return text(d, words[roll(d, sizeof words / sizeof *words)]);
}

static const cn_json *number(dice *d) {
    static const double numbers[] = {0, 1, 2, 3.125, 4, 6, 37.5, 120, 0.1, 1e-7, 1e21, -3, 0.3333333333333333, 60};
    return must(cn_json_number(d->arena, numbers[roll(d, sizeof numbers / sizeof *numbers)]));
}

static const cn_json *said(dice *d) {
    cn_json *out = cn_json_object(d->arena);
    uint64_t which = roll(d, 8);
    if (which == 0) return word(d);
    if (which != 1) set(d, out, "en", which == 2 ? text(d, "") : word(d));
    if (which != 3) set(d, out, "fr", word(d));
    if (which == 4) set(d, out, "es", word(d));
    return out;
}

static const cn_json *iri(dice *d) {
    cn_slice out;
    uint64_t which = roll(d, 5);
    if (!which) return word(d);
    if (!cn_arena_print(d->arena, &out, "https://other.example/%llu", (unsigned long long)roll(d, 4))) abort();
    return must(cn_json_string(d->arena, out));
}

static const cn_json *value(dice *d, char kind);

/* "name:kind" with spaces between; each is there three times out of four, and now and then of another kind. */
static const cn_json *object(dice *d, const char *members) {
    cn_json *out = cn_json_object(d->arena);
    char name[64], kind;
    int n;
    for (; sscanf(members, " %63[^:]:%c%n", name, &kind, &n) == 2; members += n)
        if (roll(d, 4)) set(d, out, name, value(d, roll(d, 40) ? kind : "sxnibSNLCRO"[roll(d, 11)]));
    return out;
}

static const cn_json *list(dice *d, const char *members, char kind) {
    cn_json *out = cn_json_array(d->arena);
    for (uint64_t n = roll(d, 5); n; n--)
        if (!cn_json_push(d->arena, out, members ? object(d, members) : value(d, kind))) abort();
    return out;
}

/* s a text in two languages, x a word, n a number, i an IRI, b a truth; a capital letter a list. */
static const cn_json *value(dice *d, char kind) {
    switch (kind) {
    case 's': return said(d);
    case 'x': return word(d);
    case 'n': return number(d);
    case 'i': return iri(d);
    case 'b': return cn_json_bool(roll(d, 2));
    case 'S': return list(d, NULL, 's');
    case 'X': return list(d, NULL, 'x');
    case 'N': return roll(d, 20) ? list(d, NULL, 'n') : cn_json_null();
    case 'L': return list(d, "framework:x level:n level:x note:s", 0);
    case 'C': return list(d, "system:x value:n", 0);
    case 'K': return list(d, "framework:x uri:i label:s code:x type:x description:s", 0);
    case 'R': return list(d, "criterion:s levels:S weight:n", 0);
    case 'E': return list(d, "org:s confirms:X", 0);
    case 'F':
        return list(
            d,
            "id:i name:s starts:x ends:x register_by:x mode:x language:X place:s price:n currency:x seats:n "
            "evening:b register_url:i funding:S",
            0);
    case 'h': return object(d, "total:n instructional:n contact:n");
    case 'a': return object(d, "types:S summative:b rubric:R pass_rule:s supervision_id:x description:s");
    case 'p': return object(d, "mode:x synchronous:x location:s note:s");
    case 'q': return object(d, "type:x body:s statement:s");
    case 'k': return object(d, "kind:x into:S pathway_note:s");
    case 'c': return object(d, "cip:x noc:X isced:x nzsced:x");
    case 't': return object(d, "name:s email:x url:i");
    case 'o': return object(d, "id:i name:s url:i country:x sector:x");
    case 'D':
        return object(
            d, "hours:h duration_weeks:n credits:C levels:L competencies:K assessment:a participation:p "
               "prerequisites:s target_group:s qa:q stackability:k classification:c contact:t price:n "
               "currency:x language:X licence:i osap_approved:b source:O outcome_alignment:N employer_partners:S");
    default: return object(d, "x:x O:N y:s");
    }
}

const cn_json *made_up(cn_arena *a, uint64_t seed) {
    dice d = {a, seed};
    cn_json *out = cn_json_object(a);
    set(&d, out, "cairn", text(&d, "achievement"));
    const cn_json *more =
        object(&d, "id:i version:x name:s description:s criteria:s outcomes:S valid_months:n url:i "
                   "image:i published:x updated:x organisation:o design:D offerings:F endorsements:E");
    for (size_t i = 0; i < cn_json_count(more); i++)
        if (!cn_json_set(a, out, more->object.v[i].key, more->object.v[i].value)) abort();
    return out;
}
