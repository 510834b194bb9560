/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts that strangers wrote, made fit to be seen. Escaping for HTML is the templates' affair; here what
 * would deceive the eye is taken out: control characters, characters that reorder the text around them (UAX #9),
 * and the name of a registered organisation in a credential that this organisation has not signed.
 */
#include "vc/registry.h"
#include "vc/summary.h"
#include "web/pages.h"

#include "base/base.h"

enum { NAMES_MAX = 64 };

/* ---- Names that must not be seen ---- */

static cn_slice skeleton_of(cn_arena *a, cn_slice text) {
    cn_buf b = cn_buf_on(a, 0);
    cn_name_skeleton(&b, text);
    return cn_buf_slice(&b);
}

static void collect(cn_hidden *h, const cn_report *report) {
    const cn_json *names = cn_json_get(cn_json_get(report->credential, CN_S("issuer")), CN_S("name"));
    size_t n = cn_json_many(names) < NAMES_MAX ? cn_json_many(names) : NAMES_MAX;
    for (size_t i = 0; i < n && report->name_withheld; i++) {
        cn_slice skeleton = skeleton_of(h->arena, cn_text_value(cn_json_one(names, i)));
        if (skeleton.n) h->names[h->n++] = skeleton;
    }
}

/* What a presentation is told of may speak of each credential in it. */
bool cn_hidden_collect(cn_hidden *h, const cn_report *report, cn_err *err) {
    bool any = report->name_withheld;
    for (size_t i = 0; i < report->credentials_n; i++) any = any || report->credentials[i].name_withheld;
    if (!any) return true;
    h->names = CN_NEW_ARRAY(h->arena, cn_slice, NAMES_MAX * (1 + report->credentials_n));
    if (!h->names) return cn_fail_memory(err);
    collect(h, report);
    for (size_t i = 0; i < report->credentials_n; i++) collect(h, &report->credentials[i]);
    return true;
}

bool cn_hidden_names(const cn_hidden *h, cn_slice text) {
    if (!h->n) return false;
    cn_arena_mark mark = cn_arena_get_mark(h->arena);
    cn_buf b = cn_buf_on(h->arena, 0);
    cn_name_skeleton(&b, text);
    bool found = !cn_buf_ok(&b);
    for (size_t i = 0; i < h->n && !found; i++) found = cn_slice_find(cn_buf_slice(&b), h->names[i]) != SIZE_MAX;
    cn_arena_reset(h->arena, mark);
    return found;
}

/* ---- Characters ---- */

static bool deceives(uint32_t c) {
    bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    bool reorders = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    bool breaks = c == 0x2028 || c == 0x2029;
    return control || reorders || breaks;
}

static bool is_plain(cn_slice text) {
    for (size_t i = 0; i < text.n;)
        if (deceives(cn_utf8_next(text, &i))) return false;
    return true;
}

/* Line ends as they are on other systems are no control characters. */
static cn_slice cleaned(cn_arena *a, cn_slice text) {
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < text.n;) {
        uint32_t c = cn_utf8_next(text, &i);
        if (c == '\r' && i < text.n && text.p[i] == '\n') continue;
        cn_buf_utf8(&b, c == '\r' ? '\n' : deceives(c) ? 0xfffd : c);
    }
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

cn_slice cn_hidden_show(const cn_hidden *h, cn_slice text) {
    if (!text.n || cn_utf8_invalid(text) != SIZE_MAX) return (cn_slice){0};
    if (cn_hidden_names(h, text)) return h->instead;
    return is_plain(text) ? text : cleaned(h->arena, text);
}

/* ---- Addresses ---- */

bool cn_hidden_link(const cn_hidden *h, cn_slice address, cn_url *out) {
    bool fit = cn_slice_eq(cn_hidden_show(h, address), address) && cn_slice_find_byte(address, '@') == SIZE_MAX;
    *out = cn_url_web(fit ? address : (cn_slice){0});
    return !cn_slice_eq(out->text, CN_S("#"));
}

cn_slice cn_host_of(cn_slice address) {
    static const cn_slice schemes[] = {CN_S_INIT("https://"), CN_S_INIT("http://"), CN_S_INIT("did:web:")};
    cn_slice rest = {0}, host, tail;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (cn_slice_eq_nocase(cn_slice_sub(address, 0, schemes[i].n), schemes[i]))
            rest = cn_slice_from(address, schemes[i].n);
    size_t end = 0;
    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?' && rest.p[end] != '#' && rest.p[end] != '\\')
        end++;
    host = cn_slice_sub(rest, 0, end);
    if (cn_slice_starts(address, CN_S("did:web:"))) (void)cn_slice_cut(host, ':', &host, &tail);
    while (cn_slice_cut(host, '@', &tail, &rest)) host = rest;
    return host.n ? host : address;
}
