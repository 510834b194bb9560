/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a rule was read, in words. Packs name their sources by keys ("m Outcomes; careers"), which say nothing to
 * whoever reads a report: here a key becomes the source's name, with what stands behind it as the place there.
 */
#include "web/frameworks.h"

#include "base/base.h"

/* ---- Addresses ---- */

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* How long the address is that a text begins with, written without its scheme: a host, and a page there. A host
 * alone leads to no page, and a path that was left out ("...") leads nowhere. */
static size_t address_at(cn_slice text, size_t *host) {
    size_t end = 0, dots = 0;
    while (end < text.n && (is_alnum(text.p[end]) || text.p[end] == '-' || text.p[end] == '.'))
        dots += text.p[end++] == '.';
    *host = end;
    if (!dots || end == text.n || text.p[end] != '/') return 0;
    while (end < text.n && text.p[end] > ' ' && text.p[end] != ';' && text.p[end] != ',') end++;
    cn_slice whole = cn_slice_sub(text, 0, end);
    return end > *host + 1 && cn_slice_find(whole, CN_S("..")) == SIZE_MAX ? end : 0;
}

static bool link_of(const cn_making *m, cn_slice address, cn_url *out) {
    cn_slice whole;
    return cn_arena_print(m->rq->arena, &whole, "https://%.*s", CN_ARG(address)) &&
           cn_hidden_link(&(cn_hidden){.arena = m->rq->arena}, whole, out);
}

static cn_slice shown(const cn_making *m, cn_slice text) {
    return cn_hidden_show(&(cn_hidden){.arena = m->rq->arena}, text);
}

cn_view_source cn_words_source(const cn_making *m, cn_slice text) {
    size_t host, end = address_at(text, &host);
    cn_view_source out = {.name = shown(m, text)};
    out.linked = end && link_of(m, cn_slice_sub(text, 0, end), &out.link);
    if (!out.linked) return out;
    out.name = cn_slice_sub(text, 0, end);
    out.place = shown(m, cn_slice_from(text, end));
    return out;
}

/* ---- A rule's ---- */

/* Without what follows it, a remark or a path that was left out: the pack's page has it whole. */
static cn_slice short_name(cn_slice text) {
    static const cn_slice ends[] = {CN_S_INIT(" ("), CN_S_INIT(" ..."), CN_S_INIT(";")};
    size_t end = text.n;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t at = cn_slice_find(text, ends[i]);
        if (at < end) end = at;
    }
    return cn_slice_sub(text, 0, end);
}

/* The source whose key the text begins with, the longest of them: "r6" of "r6.1(a)", which is not "r". */
static const cn_json_member *source_at(const cn_pack *pack, cn_slice text) {
    const cn_json_member *best = NULL;
    for (size_t i = 0; i < cn_json_count(pack->sources); i++) {
        const cn_json_member *one = &pack->sources->object.v[i];
        bool ends = text.n == one->key.n || (text.n > one->key.n && !is_alnum(text.p[one->key.n]));
        if (ends && cn_slice_starts(text, one->key) && (!best || one->key.n > best->key.n)) best = one;
    }
    return best;
}

/* ", Outcomes" of "m Outcomes"; ".1(a)" of "r6.1(a)". */
static cn_slice place_of(const cn_making *m, cn_slice rest) {
    cn_slice place;
    if (!cn_slice_starts(rest, CN_S(" ")) || cn_slice_starts(rest, CN_S(" ("))) return shown(m, rest);
    bool fits = cn_arena_print(m->rq->arena, &place, ",%.*s", CN_ARG(rest));
    return shown(m, fits ? place : rest);
}

static cn_view_source source_of(const cn_making *m, const cn_pack *pack, cn_slice part) {
    size_t host;
    const cn_json_member *named = source_at(pack, part);
    cn_slice text = named ? cn_json_text(named->value) : part;
    cn_view_source out = cn_words_source(m, text);
    (void)address_at(text, &host);
    out.name = shown(m, out.linked ? cn_slice_sub(text, 0, host) : named ? short_name(text) : text);
    out.place = named ? place_of(m, cn_slice_from(part, named->key.n)) : out.place;
    return out;
}

/* Sources stand between semicolons; one within parentheses parts nothing. */
static cn_slice cut_part(cn_slice *rest) {
    size_t end = 0;
    for (int depth = 0; end < rest->n && (depth > 0 || rest->p[end] != ';'); end++)
        depth += rest->p[end] == '(' ? 1 : rest->p[end] == ')' ? -1 : 0;
    cn_slice part = cn_slice_trim(cn_slice_sub(*rest, 0, end));
    *rest = cn_slice_from(*rest, end < rest->n ? end + 1 : end);
    return part;
}

bool cn_view_sources_fill(const cn_making *m, const cn_pack *pack, const cn_rule *rule, cn_view_rule *out,
                          cn_err *err) {
    size_t most = 1;
    for (size_t i = 0; i < rule->source.n; i++) most += rule->source.p[i] == ';';
    out->sources = CN_NEW_ARRAY(m->rq->arena, cn_view_source, most);
    if (!out->sources) return cn_fail_memory(err);
    for (cn_slice rest = rule->source; rest.n;) {
        cn_slice part = cut_part(&rest);
        if (part.n) out->sources[out->sources_n++] = source_of(m, pack, part);
    }
    return true;
}
