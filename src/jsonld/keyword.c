/* SPDX-License-Identifier: Apache-2.0
 *
 * The keywords of JSON-LD 1.1 (section 1.7 of the syntax).
 */
#include "jsonld/internal.h"

static const cn_slice texts[CN_KW_COUNT] = {
    [CN_KW_NO] = CN_S_INIT(""),
    [CN_KW_BASE] = CN_S_INIT("@base"),
    [CN_KW_CONTAINER] = CN_S_INIT("@container"),
    [CN_KW_CONTEXT] = CN_S_INIT("@context"),
    [CN_KW_DIRECTION] = CN_S_INIT("@direction"),
    [CN_KW_GRAPH] = CN_S_INIT("@graph"),
    [CN_KW_ID] = CN_S_INIT("@id"),
    [CN_KW_IMPORT] = CN_S_INIT("@import"),
    [CN_KW_INCLUDED] = CN_S_INIT("@included"),
    [CN_KW_INDEX] = CN_S_INIT("@index"),
    [CN_KW_JSON] = CN_S_INIT("@json"),
    [CN_KW_LANGUAGE] = CN_S_INIT("@language"),
    [CN_KW_LIST] = CN_S_INIT("@list"),
    [CN_KW_NEST] = CN_S_INIT("@nest"),
    [CN_KW_NONE] = CN_S_INIT("@none"),
    [CN_KW_PREFIX] = CN_S_INIT("@prefix"),
    [CN_KW_PROPAGATE] = CN_S_INIT("@propagate"),
    [CN_KW_PROTECTED] = CN_S_INIT("@protected"),
    [CN_KW_REVERSE] = CN_S_INIT("@reverse"),
    [CN_KW_SET] = CN_S_INIT("@set"),
    [CN_KW_TYPE] = CN_S_INIT("@type"),
    [CN_KW_VALUE] = CN_S_INIT("@value"),
    [CN_KW_VERSION] = CN_S_INIT("@version"),
    [CN_KW_VOCAB] = CN_S_INIT("@vocab"),
};

cn_slice cn_kw_text(cn_kw kw) {
    return texts[kw];
}

cn_kw cn_kw_of(cn_slice s) {
    if (s.n < 3 || s.p[0] != '@') return CN_KW_NO;
    for (unsigned i = CN_KW_NO + 1; i < CN_KW_COUNT; i++)
        if (cn_slice_eq(texts[i], s)) return (cn_kw)i;
    return CN_KW_NO;
}

bool cn_kw_like(cn_slice s) {
    if (s.n < 2 || s.p[0] != '@') return false;
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) return false;
    }
    return true;
}

const cn_json *cn_kw_get(const cn_json *object, cn_kw kw) {
    return cn_json_get(object, texts[kw]);
}
