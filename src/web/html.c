/* SPDX-License-Identifier: Apache-2.0
 *
 * Escaping for HTML text and for attribute values between double quotes (WHATWG HTML 13.3), and the addresses
 * that may stand in links. Messages are printed by messages.c.
 */
#include "web/html.h"

#include "base/base.h"

static const cn_slice tags[CN_LANGUAGES] = {[CN_EN] = CN_S_INIT("en"), [CN_FR] = CN_S_INIT("fr")};

cn_slice cn_language_tag(cn_language language) {
    return tags[language];
}

cn_language cn_language_of(cn_slice tag) {
    cn_slice primary, rest;
    cn_slice_cut(tag, '-', &primary, &rest);
    for (int i = 0; i < CN_LANGUAGES; i++)
        if (cn_slice_eq_nocase(primary, tags[i])) return (cn_language)i;
    return CN_EN;
}

/* What a byte is written as; empty when as it is. Control characters have no place in HTML. */
static cn_slice escaped(unsigned char c, bool attribute) {
    switch (c) {
    case '&': return CN_S("&amp;");
    case '<': return CN_S("&lt;");
    case '>': return CN_S("&gt;");
    case '"': return attribute ? CN_S("&quot;") : (cn_slice){0};
    case '\r': return CN_S("&#13;");
    case '\t':
    case '\n': return (cn_slice){0};
    default: return c < 0x20 || c == 0x7f ? CN_S("\xef\xbf\xbd") : (cn_slice){0};
    }
}

static void escape(cn_buf *out, cn_slice text, bool attribute) {
    size_t done = 0;
    for (size_t i = 0; i < text.n; i++) {
        cn_slice instead = escaped((unsigned char)text.p[i], attribute);
        if (!instead.n) continue;
        cn_buf_add(out, cn_slice_sub(text, done, i));
        cn_buf_add(out, instead);
        done = i + 1;
    }
    cn_buf_add(out, cn_slice_from(text, done));
}

void cn_html_text(cn_html_out *o, cn_slice text) {
    escape(o->out, text, false);
}

void cn_html_attribute(cn_html_out *o, cn_slice text) {
    escape(o->out, text, true);
}

void cn_html_text_cstr(cn_html_out *o, const char *text) {
    cn_html_text(o, cn_slice_of(text));
}

void cn_html_attribute_cstr(cn_html_out *o, const char *text) {
    cn_html_attribute(o, cn_slice_of(text));
}

void cn_html_markup(cn_html_out *o, cn_html markup) {
    cn_buf_add(o->out, markup.markup);
}

void cn_html_url(cn_html_out *o, cn_url address) {
    cn_html_attribute(o, address.text);
}

void cn_html_number(cn_html_out *o, unsigned long long number) {
    cn_buf_u64(o->out, number);
}

void cn_html_number_signed(cn_html_out *o, long long number) {
    if (number < 0) cn_buf_byte(o->out, '-');
    cn_buf_u64(o->out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

static cn_slice web_host(cn_slice address) {
    static const cn_slice schemes[] = {CN_S_INIT("https://"), CN_S_INIT("http://")};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (cn_slice_eq_nocase(cn_slice_sub(address, 0, schemes[i].n), schemes[i]))
            return cn_slice_from(address, schemes[i].n);
    return (cn_slice){0};
}

cn_url cn_url_web(cn_slice address) {
    cn_slice host = web_host(address);
    bool fine = host.n && host.p[0] != '/' && host.p[0] != '?' && host.p[0] != '#';
    for (size_t i = 0; fine && i < address.n; i++)
        if ((unsigned char)address.p[i] <= 0x20 || address.p[i] == 0x7f) fine = false;
    return (cn_url){fine ? address : CN_S("#")};
}

cn_url cn_url_path(cn_arena *a, cn_slice path, cn_language language) {
    assert(path.n && path.p[0] == '/' && !(path.n > 1 && path.p[1] == '/'));
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, path);
    cn_buf_byte(&b, cn_slice_find_byte(path, '?') == SIZE_MAX ? '?' : '&');
    cn_buf_add(&b, CN_S("lang="));
    cn_buf_add(&b, cn_language_tag(language));
    return (cn_url){cn_buf_ok(&b) ? cn_buf_slice(&b) : CN_S("#")};
}

void cn_url_escape(cn_buf *b, cn_slice text) {
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i], lower = c | 0x20;
        bool plain = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
        if (plain) cn_buf_byte(b, (char)c);
        else cn_buf_print(b, "%%%02X", c);
    }
}

cn_url cn_url_next(cn_arena *a, cn_slice path, cn_slice next, cn_language language) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, path);
    if (next.n) cn_buf_add(&b, cn_slice_find_byte(path, '?') == SIZE_MAX ? CN_S("?next=") : CN_S("&next="));
    cn_url_escape(&b, next);
    return cn_buf_ok(&b) ? cn_url_path(a, cn_buf_slice(&b), language) : (cn_url){CN_S("#")};
}

cn_url cn_url_static(const char *name) {
    for (size_t i = 0; i < cn_static_files_n; i++)
        if (strcmp(cn_static_files[i].name, name) == 0) return (cn_url){cn_slice_of(cn_static_files[i].path)};
    assert(!"web/static has such a file");
    return (cn_url){CN_S("#")};
}

const cn_static_file *cn_static_find(cn_slice path) {
    for (size_t i = 0; i < cn_static_files_n; i++)
        if (cn_slice_eq(path, cn_slice_of(cn_static_files[i].path))) return &cn_static_files[i];
    return NULL;
}
