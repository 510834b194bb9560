/* SPDX-License-Identifier: Apache-2.0
 *
 * Valid achievements, by a seed.
 */
#include "made_valid.h"

#include <stdlib.h>

#include "app/design.h"
#include "app/offerings.h"

enum { ENGLISH = 1, FRENCH = 2 };

typedef struct dice {
    cn_arena *arena;
    uint64_t state;
    unsigned languages; /* of all its texts */
    cn_slice at;        /* what was refused */
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

static void set(dice *d, cn_json *object, cn_slice key, const cn_json *value) {
    if (value && !cn_json_set(d->arena, object, key, value)) abort();
}

static void push(dice *d, cn_json *list, const cn_json *value) {
    if (value && !cn_json_push(d->arena, list, value)) abort();
}

static const cn_json *text(dice *d, cn_slice words) {
    return must(cn_json_string(d->arena, words));
}

/* ---- Values ---- */

static const cn_json *line(dice *d) {
    static const cn_slice lines[] = {CN_S_INIT("keep books"),
                                     CN_S_INIT("Tenue de livres, l’essentiel – « niveau 2 »"),
                                     CN_S_INIT("\"quoted\" \\ back/slash ~0 ~1 {n} $"),
                                     CN_S_INIT("<b>&amp; tags</b>"),
                                     CN_S_INIT("@id"),
                                     CN_S_INIT("𝑑 😀 ᓄᓇᕗᑦ 漢字"),
                                     CN_S_INIT("e\xcc\x81 combined"),
                                     CN_S_INIT("en"),
                                     CN_S_INIT("null"),
                                     CN_S_INIT("0"),
                                     CN_S_INIT("_:b0"),
                                     CN_S_INIT("https://other.example/looks?like=an#address"),
                                     CN_S_INIT("3.10"),
                                     CN_S_INIT("PT1H"),
                                     CN_S_INIT("ECTS"),
                                     CN_S_INIT("EQF"),
                                     CN_S_INIT("ESCO"),
                                     CN_S_INIT("x")};
    return text(d, lines[roll(d, sizeof lines / sizeof *lines)]);
}

static const cn_json *lines_of(dice *d) {
    static const cn_slice texts[] = {CN_S_INIT("one\ntwo\n\nthree"), CN_S_INIT("- a **list**\n- `code`\n"),
                                     CN_S_INIT("60 points")};
    return roll(d, 2) ? line(d) : text(d, texts[roll(d, sizeof texts / sizeof *texts)]);
}

static const cn_json *both(dice *d, bool several) {
    unsigned which = d->languages;
    cn_json *out = cn_json_object(d->arena);
    if (which == (ENGLISH | FRENCH) && !roll(d, 6)) which = 1 + (unsigned)roll(d, 2);
    if (which & ENGLISH) set(d, out, CN_S("en"), several ? lines_of(d) : line(d));
    if (which & FRENCH) set(d, out, CN_S("fr"), several ? lines_of(d) : line(d));
    return out;
}

static const cn_json *number(dice *d, unsigned max, bool whole) {
    static const cn_slice numbers[] = {CN_S_INIT("0"),           CN_S_INIT("1"),      CN_S_INIT("6"),
                                       CN_S_INIT("3.125"),       CN_S_INIT("37.50"),  CN_S_INIT("0.0000000001"),
                                       CN_S_INIT("5.999999999"), CN_S_INIT("120"),    CN_S_INIT("9999.9999999"),
                                       CN_S_INIT("99999"),       CN_S_INIT("12.3456")};
    const cn_json *out;
    cn_err err;
    do {
        cn_slice written = numbers[roll(d, sizeof numbers / sizeof *numbers)];
        if (!cn_json_read(d->arena, written, NULL, &out, &err)) abort();
    } while (out->number > max || (whole && out->number != (double)(uint64_t)out->number));
    return out;
}

static const cn_json *address(dice *d) {
    static const cn_slice addresses[] = {
        CN_S_INIT("https://other.example/a?b=c&d=%20e#f"), CN_S_INIT("http://data.europa.eu/esco/skill/1"),
        CN_S_INIT("urn:uuid:6f1c3b7e-0000-4000-8000-000000000000"), CN_S_INIT("https://other.example/"),
        CN_S_INIT("https://creativecommons.org/licenses/by/4.0/")};
    return text(d, addresses[roll(d, sizeof addresses / sizeof *addresses)]);
}

/* Codes have a form: one of these is the field's. */
static const cn_json *coded(dice *d, const cn_blank *f) {
    static const cn_slice codes[] = {CN_S_INIT("52.0302"), CN_S_INIT("12200"), CN_S_INIT("0411"),
                                     CN_S_INIT("080101")};
    size_t i = 0;
    if (!f->good) return line(d);
    while (!f->good(codes[i])) i++;
    return text(d, codes[i]);
}

static const cn_json *one_word(dice *d, const cn_blank *f) {
    uint64_t n = 0;
    while (f->words[n].n) n++;
    return text(d, f->words[roll(d, n)]);
}

static const cn_json *value(dice *d, const cn_blank *f);

static const cn_json *object(dice *d, cn_blanks_table table) {
    cn_json *out = cn_json_object(d->arena);
    for (size_t i = 0; i < table.n; i++)
        if (roll(d, 4) && !cn_blank_set(d->arena, out, table.v[i].path, value(d, &table.v[i]))) abort();
    return out;
}

static const cn_json *some(dice *d, const cn_blank *f) {
    cn_json *out = cn_json_array(d->arena);
    for (uint64_t n = roll(d, 4); n; n--) {
        bool rows = f->kind == CN_BLANK_ROWS || f->kind == CN_BLANK_ALIGNMENT;
        push(d, out,
             rows                        ? object(d, (cn_blanks_table){f->columns, f->columns_n})
             : f->kind == CN_BLANK_LISTS ? both(d, false)
             : f->kind == CN_BLANK_LINES ? coded(d, f)
                                         : one_word(d, f));
    }
    return out;
}

static const cn_json *value(dice *d, const cn_blank *f) {
    switch (f->kind) {
    case CN_BLANK_LINE: return coded(d, f);
    case CN_BLANK_URL: return address(d);
    case CN_BLANK_BOTH: return both(d, false);
    case CN_BLANK_TEXTS: return both(d, true);
    case CN_BLANK_NUMBER: return number(d, f->max, false);
    case CN_BLANK_COUNT: return number(d, f->max, true);
    case CN_BLANK_LEVEL: return roll(d, 2) ? number(d, f->max, false) : text(d, CN_S("A2"));
    case CN_BLANK_SAID: return must(cn_json_bool(roll(d, 2)));
    case CN_BLANK_ONE: return one_word(d, f);
    case CN_BLANK_DATE: return text(d, roll(d, 2) ? CN_S("2026-02-28") : CN_S("2999-12-31"));
    case CN_BLANK_LINES:
    case CN_BLANK_LISTS:
    case CN_BLANK_SOME:
    case CN_BLANK_ROWS:
    case CN_BLANK_ALIGNMENT: return some(d, f);
    case CN_BLANK_KINDS: break;
    }
    return NULL;
}

/* ---- The whole ---- */

/* As it is kept. */
static const cn_json *tidy(dice *d, cn_blanks_table table) {
    cn_blank_problems *problems = CN_NEW(d->arena, cn_blank_problems);
    const cn_json *out;
    cn_err err;
    if (!problems || !cn_blanks_read(d->arena, table, object(d, table), CN_S("en"), &out, problems, &err)) abort();
    if (problems->n) d->at = problems->v[0].at;
    return out;
}

/* In each language that there is. */
static const cn_json *named(dice *d) {
    cn_json *out = cn_json_object(d->arena);
    if (d->languages & ENGLISH) set(d, out, CN_S("en"), lines_of(d));
    if (d->languages & FRENCH) set(d, out, CN_S("fr"), lines_of(d));
    return out;
}

static const cn_json *organisation(dice *d) {
    cn_json *out = cn_json_object(d->arena);
    set(d, out, CN_S("id"), text(d, CN_S("https://cairn.example/issuers/o1")));
    set(d, out, CN_S("name"), named(d));
    if (roll(d, 2)) set(d, out, CN_S("url"), text(d, CN_S("https://college.example/")));
    if (roll(d, 2)) set(d, out, CN_S("country"), text(d, roll(d, 2) ? CN_S("CA") : CN_S("IS")));
    return out;
}

static const cn_json *offerings(dice *d) {
    static const cn_slice ids[] = {CN_S_INIT("https://cairn.example/achievements/a1#f1"),
                                   CN_S_INIT("https://cairn.example/achievements/a1#f2")};
    cn_json *out = cn_json_array(d->arena);
    for (uint64_t n = roll(d, 3); n; n--) {
        cn_json *one = cn_json_copy_shallow(d->arena, tidy(d, cn_offering_fields));
        if (!one) abort();
        set(d, one, CN_S("id"), text(d, ids[n - 1]));
        push(d, out, one);
    }
    return cn_json_count(out) ? out : NULL;
}

static const cn_json *outcomes(dice *d) {
    cn_json *out = cn_json_array(d->arena);
    for (uint64_t n = roll(d, 5); n; n--) push(d, out, both(d, false));
    return cn_json_count(out) ? out : NULL;
}

const cn_json *made_valid(cn_arena *a, uint64_t seed, cn_slice *at) {
    dice d = {.arena = a, .state = seed};
    uint64_t which = roll(&d, 4);
    d.languages = which == 0 ? ENGLISH : which == 1 ? FRENCH : ENGLISH | FRENCH;
    cn_json *out = cn_json_object(a);
    set(&d, out, CN_S("cairn"), text(&d, CN_S("achievement")));
    set(&d, out, CN_S("id"), text(&d, CN_S("https://cairn.example/achievements/a1/versions/2")));
    set(&d, out, CN_S("url"), text(&d, CN_S("https://cairn.example/achievements/a1")));
    set(&d, out, CN_S("version"), text(&d, CN_S("2")));
    set(&d, out, CN_S("image"), text(&d, CN_S("https://cairn.example/achievements/a1/versions/2/en/image.png")));
    set(&d, out, CN_S("published"), text(&d, CN_S("2026-05-01")));
    set(&d, out, CN_S("updated"), text(&d, CN_S("2026-05-01T10:00:00Z")));
    set(&d, out, CN_S("name"), named(&d));
    set(&d, out, CN_S("description"), named(&d));
    set(&d, out, CN_S("criteria"), named(&d));
    set(&d, out, CN_S("outcomes"), outcomes(&d));
    if (roll(&d, 2)) set(&d, out, CN_S("valid_months"), number(&d, 600, true));
    set(&d, out, CN_S("organisation"), organisation(&d));
    set(&d, out, CN_S("offerings"), offerings(&d));
    const cn_json *design = tidy(&d, cn_design_fields);
    if (cn_json_count(design)) set(&d, out, CN_S("design"), design);
    *at = d.at;
    return d.at.n ? NULL : out;
}
