/* SPDX-License-Identifier: Apache-2.0
 *
 * A JSON text: which kind of framework it is.
 */
#include "exchange/import_inside.h"

static bool is_asn(const cn_json *doc) {
    return cn_json_get(doc, CN_S("@graph")) || cn_json_get(doc, CN_S("@type")) || cn_json_get(doc, CN_S("@id"));
}

static bool read_as(const cn_import_file *f, cn_arena *a, const cn_json *doc, cn_err *err) {
    cn_import_kind kind = f->im->options.kind;
    bool cfdoc = cn_json_is(cn_json_get(doc, CN_S("CFDocument")), CN_JSON_OBJECT);
    bool any = kind == CN_IMPORT_NONE;
    if (cfdoc && (any || kind == CN_IMPORT_CASE)) return cn_import_case(f, a, doc, err);
    if (is_asn(doc) && (any || kind == CN_IMPORT_CTDL_ASN)) return cn_import_asn(f, a, doc, err);
    return cn_import_fail(err, f, CN_INVALID, "import.json", 0, 0,
                          "this is neither a CASE package (with a CFDocument) nor CTDL-ASN (with a @graph).");
}

bool cn_import_json(const cn_import_file *f, cn_slice text, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(CN_IMPORT_MEMORY_MAX);
    cn_json_options options = {.max_bytes = CN_IMPORT_JSON_MAX};
    const cn_json *doc;
    cn_slice mark = CN_S("\xef\xbb\xbf");
    if (cn_slice_starts(text, mark)) text = cn_slice_from(text, mark.n);
    cn_err why = {0};
    if (cn_json_read(a, text, &options, &doc, &why)) return read_as(f, a, doc, err);
    char where[sizeof why.where];
    cn_slice name = cn_utf8_prefix(f->name, 100);
    (void)snprintf(where, sizeof where, "%.*s: %.80s", CN_ARG(name), why.where);
    return cn_fail_at(err, why.code, why.id, cn_slice_of(where), "%s", why.detail);
}
