/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing Markdown of strangers: whatever the text, the markup has no tag and no attribute beyond those listed
 * here, every element that is begun ends in order, addresses are of the web, and a hidden name is nowhere.
 */
#include "vc/registry.h"
#include "web/pages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OPEN_MAX = 200 };

static const struct {
    cn_slice name, attributes; /* a word each */
    bool empty;
} elements[] = {
    {CN_S_INIT("p"), CN_S_INIT(" class dir "), false},
    {CN_S_INIT("h4"), CN_S_INIT(" class dir "), false},
    {CN_S_INIT("h5"), CN_S_INIT(" class dir "), false},
    {CN_S_INIT("ul"), CN_S_INIT(" class "), false},
    {CN_S_INIT("ol"), CN_S_INIT(" class start "), false},
    {CN_S_INIT("li"), CN_S_INIT(" dir "), false},
    {CN_S_INIT("blockquote"), CN_S_INIT(" class "), false},
    {CN_S_INIT("pre"), CN_S_INIT(" class dir "), false},
    {CN_S_INIT("code"), CN_S_INIT(" "), false},
    {CN_S_INIT("em"), CN_S_INIT(" "), false},
    {CN_S_INIT("strong"), CN_S_INIT(" "), false},
    {CN_S_INIT("a"), CN_S_INIT(" class href rel "), false},
    {CN_S_INIT("bdi"), CN_S_INIT(" class lang "), false},
    {CN_S_INIT("br"), CN_S_INIT(" "), true},
    {CN_S_INIT("hr"), CN_S_INIT(" class "), true},
};

static size_t element_of(cn_slice name) {
    size_t i = 0;
    while (i < sizeof elements / sizeof elements[0] && !cn_slice_eq(elements[i].name, name)) i++;
    assert(i < sizeof elements / sizeof elements[0]);
    return i;
}

/* ` class="x" href="https://…"`, nothing else. */
static void check_attributes(cn_arena *a, size_t element, cn_slice rest) {
    cn_slice before, name, value, word;
    while (rest.n) {
        assert(cn_slice_cut(rest, ' ', &before, &rest) && !before.n);
        assert(cn_slice_cut(rest, '=', &name, &rest) && cn_slice_starts(rest, CN_S("\"")));
        assert(cn_slice_cut(cn_slice_from(rest, 1), '"', &value, &rest));
        assert(cn_arena_print(a, &word, " %.*s ", CN_ARG(name)));
        assert(cn_slice_find(elements[element].attributes, word) != SIZE_MAX);
        if (cn_slice_eq(name, CN_S("href")))
            assert(cn_slice_eq_nocase(cn_slice_sub(value, 0, 8), CN_S("https://")) ||
                   cn_slice_eq_nocase(cn_slice_sub(value, 0, 7), CN_S("http://")));
    }
}

static void check_markup(cn_arena *a, cn_slice rest) {
    cn_slice text, tag, name, attributes;
    size_t open[OPEN_MAX], n = 0;
    for (; cn_slice_cut(rest, '<', &text, &rest);) {
        assert(cn_slice_find_byte(text, '>') == SIZE_MAX);
        assert(cn_slice_cut(rest, '>', &tag, &rest));
        if (cn_slice_starts(tag, CN_S("/"))) {
            assert(n && cn_slice_eq(cn_slice_from(tag, 1), elements[open[n - 1]].name));
            n--;
            continue;
        }
        (void)cn_slice_cut(tag, ' ', &name, &attributes);
        size_t element = element_of(name);
        check_attributes(a, element, cn_slice_from(tag, name.n));
        assert(elements[element].empty || n < OPEN_MAX);
        if (!elements[element].empty) open[n++] = element;
        text = rest;
    }
    assert(!n && cn_slice_find_byte(rest, '>') == SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(64 << 20);
    cn_slice names[] = {CN_S("northern"), {0}};
    const cn_hidden h = {.arena = a, .instead = CN_S("[not shown]"), .names = names, .n = 1};
    cn_html out;
    cn_err err;
    if (!cn_markdown_show(&h, cn_slice_bytes(data, size), CN_EN, &out, &err)) {
        assert(err.code == CN_LIMIT);
        return 0;
    }
    assert(cn_utf8_invalid(out.markup) == SIZE_MAX);
    check_markup(a, out.markup);
    return 0;
}
