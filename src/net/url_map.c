/* SPDX-License-Identifier: Apache-2.0
 *
 * The url-map: files that stand for the network, so that a verification can be
 * run without any and come out the same each time. With it, what file an operator's
 * document names, and which prefix a URL is under.
 */
#include "net/inside.h"

#include "base/base.h"

enum { MAX_MAP_BYTES = 16 << 20 };

bool cn_net_media_type(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    cn_slice head, parameters;
    (void)cn_slice_cut(text, ';', &head, &parameters);
    head = cn_slice_trim(head);
    char *p = cn_arena_alloc(a, head.n);
    if (!p) return cn_fail_memory(err);
    for (size_t i = 0; i < head.n; i++)
        p[i] = head.p[i] >= 'A' && head.p[i] <= 'Z' ? (char)(head.p[i] + ('a' - 'A')) : head.p[i];
    *out = (cn_slice){p, head.n};
    return true;
}

bool cn_net_beside(cn_arena *a, cn_slice document, cn_slice name, cn_slice *out, cn_err *err) {
    size_t folder = document.n;
    while (folder > 0 && document.p[folder - 1] != '/') folder--;
    if (cn_slice_starts(name, CN_S("/"))) folder = 0;
    if (!cn_arena_print(a, out, "%.*s%.*s", (int)folder, document.p ? document.p : "", CN_ARG(name)))
        return cn_fail_memory(err);
    return true;
}

bool cn_net_read_json(cn_net *n, cn_slice path, const cn_json **out, cn_err *err) {
    cn_slice text;
    if (!cn_file_read(n->arena, path, MAX_MAP_BYTES, &text, err)) return false;
    cn_json_options options = {.max_bytes = MAX_MAP_BYTES, .refuse_duplicates = true};
    cn_err syntax;
    if (cn_json_read(n->arena, text, &options, out, &syntax)) {
        if (cn_json_is(*out, CN_JSON_OBJECT)) return true;
        return cn_fail(err, CN_INVALID, "net.file", "%.*s is no JSON object.", CN_ARG(path));
    }
    return cn_fail_at(err, syntax.code, syntax.id, cn_slice_of(syntax.where), "%.*s: %s", CN_ARG(path),
                      syntax.detail);
}

bool cn_net_under(cn_slice url, cn_slice prefix) {
    size_t authority = cn_slice_find(prefix, CN_S("://"));
    if (authority != SIZE_MAX && cn_slice_find_byte(cn_slice_from(prefix, authority + 3), '/') != SIZE_MAX)
        return cn_slice_starts(url, prefix);
    /* Scheme and host are the same in small and capital letters (RFC 3986, 6.2.2.1). */
    if (!prefix.n || !cn_slice_eq_nocase(cn_slice_sub(url, 0, prefix.n), prefix)) return false;
    if (url.n == prefix.n) return true;
    char next = url.p[prefix.n];
    return next == '/' || next == '?' || next == '#';
}

static bool add_row(cn_net *n, cn_slice map, const cn_json_member *row, cn_err *err) {
    cn_slice name = cn_json_get_text(row->value, CN_S("file"));
    if (!name.n)
        return cn_fail(err, CN_INVALID, "net.file", "%.*s names no \"file\" for %.*s.", CN_ARG(map),
                       CN_ARG(row->key));
    cn_net_file *file = CN_NEW(n->arena, cn_net_file);
    if (!file) return cn_fail_memory(err);
    if (!cn_net_beside(n->arena, map, name, &file->path, err)) return false;
    cn_slice type = cn_json_get_text(row->value, CN_S("content_type"));
    if (!cn_net_media_type(n->arena, type, &file->media_type, err)) return false;
    if (!cn_map_put(n->arena, &n->urls, row->key, file)) return cn_fail_memory(err);
    return true;
}

bool cn_net_add_url_map(cn_net *n, cn_slice path, cn_err *err) {
    const cn_json *map;
    if (!cn_net_read_json(n, path, &map, err)) return false;
    const cn_json *urls = cn_json_get(map, CN_S("urls"));
    if (!cn_json_is(urls, CN_JSON_OBJECT))
        return cn_fail(err, CN_INVALID, "net.file", "%.*s has no object \"urls\".", CN_ARG(path));
    for (size_t i = 0; i < urls->object.n; i++)
        if (!add_row(n, path, &urls->object.v[i], err)) return false;
    n->mapped = true;
    return true;
}

bool cn_net_mapped(const cn_net *n, cn_slice url, const cn_net_file **out) {
    const cn_net_file *file = cn_map_get(&n->urls, url);
    if (!file) return false;
    *out = file;
    return true;
}

bool cn_net_mapped_load(const cn_net *n, cn_arena *a, cn_slice url, const cn_net_file *file, cn_document *out,
                        cn_err *err) {
    cn_document d = {.media_type = file->media_type};
    if (!cn_file_read(a, file->path, n->options.max_bytes, &d.body, err)) return false;
    if (!cn_arena_copy(a, url, &d.final_url)) return cn_fail_memory(err);
    *out = d;
    return true;
}
