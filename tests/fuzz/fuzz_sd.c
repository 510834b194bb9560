/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing ecdsa-sd-2023. The first byte says what follows: the text of a proof's value, the CBOR in one (of a base
 * or of a derived proof), or pointers, a line each. What is read is written and read alike; what is selected from
 * a document is a part of it, and selecting the same again from the part gives the part.
 */
#include "vc/sd.h"

enum { TEXT, DERIVED, BASE, POINTERS, WAYS };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_error(const cn_err *err) {
    assert(err->id[0] && err->detail[0]);
    assert(err->code == CN_INVALID || err->code == CN_LIMIT || err->code == CN_NOT_FOUND);
}

static void same_list(const cn_sd_list *x, const cn_sd_list *y) {
    assert(x->n == y->n);
    for (size_t i = 0; i < x->n; i++) assert(cn_slice_eq(x->v[i], y->v[i]));
}

static void try_derived(cn_arena *a, cn_slice text) {
    cn_sd_derived d, again;
    cn_slice written;
    cn_err err;
    if (!cn_sd_derived_read(a, text, &d, &err)) {
        check_error(&err);
        return;
    }
    assert(cn_sd_kind_of(text) == CN_SD_DERIVED && d.signatures.n <= CN_SD_SIGNATURES_MAX);
    if (!cn_sd_derived_write(a, &d, &written, &err) || !cn_sd_derived_read(a, written, &again, &err)) {
        assert(err.code == CN_LIMIT);
        return;
    }
    same_list(&d.signatures, &again.signatures);
    assert(d.labels_n == again.labels_n && d.mandatory_n == again.mandatory_n);
    for (size_t i = 0; i < d.labels_n; i++)
        assert(d.labels[i].number == again.labels[i].number &&
               cn_slice_eq(d.labels[i].digest, again.labels[i].digest));
    for (size_t i = 0; i < d.mandatory_n; i++) assert(d.mandatory[i] == again.mandatory[i]);
}

static void try_base(cn_arena *a, cn_slice text) {
    cn_sd_base b, again;
    cn_slice written;
    cn_err err;
    if (!cn_sd_base_read(a, text, &b, &err)) {
        check_error(&err);
        return;
    }
    assert(cn_sd_kind_of(text) == CN_SD_BASE && b.pointers.n <= CN_SD_POINTERS_MAX);
    if (!cn_sd_base_write(a, &b, &written, &err) || !cn_sd_base_read(a, written, &again, &err)) {
        assert(err.code == CN_LIMIT);
        return;
    }
    same_list(&b.signatures, &again.signatures);
    same_list(&b.pointers, &again.pointers);
    assert(cn_slice_eq(b.hmac_key, again.hmac_key));
}

static const char document[] = "{\"@context\":[\"https://www.w3.org/ns/credentials/"
                               "v2\"],\"id\":\"urn:x:1\",\"type\":[\"a\",\"b\"],\"a\":{\"id\":"
                               "\"_:b\",\"type\":\"c\",\"b\":[1,[2,3],{\"c\":null,\"\":{\"d\":true}}],\"a/"
                               "b\":1,\"a~b\":{\"~1\":[[],{}]}},\"\":0}";

static size_t count(const cn_json *v) {
    size_t n = 1;
    for (size_t i = 0; i < cn_json_count(v); i++)
        n += count(v->type == CN_JSON_OBJECT ? v->object.v[i].value : cn_json_item(v, i));
    return n;
}

static void try_pointers(cn_arena *a, cn_slice lines) {
    const cn_json *whole, *part = NULL;
    cn_sd_list pointers = {.v = CN_NEW_ARRAY(a, cn_slice, lines.n + 1)};
    cn_err err;
    bool more = pointers.v != NULL;
    if (!cn_json_read(a, cn_slice_of(document), NULL, &whole, &err)) return;
    for (cn_slice line; more;) {
        more = cn_slice_cut(lines, '\n', &line, &lines);
        pointers.v[pointers.n++] = line;
    }
    if (!cn_sd_select(a, whole, &pointers, &part, &err)) {
        check_error(&err);
        return;
    }
    assert(!part || (count(part) <= count(whole) && cn_json_get(part, CN_S("type"))));
    for (size_t i = 0; i < pointers.n; i++)
        if (!pointers.v[i].n) assert(part == whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)8 << 20);
    cn_slice rest = cn_slice_bytes(data + 1, size - 1);
    cn_buf text = cn_buf_on(a, 0);
    unsigned way = data[0] % WAYS;
    if (way == POINTERS) {
        try_pointers(a, rest);
        return 0;
    }
    if (way == TEXT) {
        cn_buf_add(&text, rest);
    } else {
        cn_buf_byte(&text, 'u');
        cn_base64_write(&text, CN_BASE64_URL, rest);
    }
    if (!cn_buf_ok(&text)) return 0;
    if (way != BASE) try_derived(a, cn_buf_slice(&text));
    if (way != DERIVED) try_base(a, cn_buf_slice(&text));
    return 0;
}
