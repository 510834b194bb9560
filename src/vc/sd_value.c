/* SPDX-License-Identifier: Apache-2.0
 *
 * The values of ecdsa-sd-2023 proofs: three bytes of head, then CBOR (RFC 8949) of a form that is known before.
 *
 * They come from strangers. So libcbor's streaming decoder is used, which allocates nothing, and a list is only
 * made room for where as many bytes are left as it claims to have items. Not accepted: tags, indefinite lengths,
 * anything behind the end.
 */
#include <cbor.h>

#include "vc/sd.h"

static const uint8_t heads[][3] = {[CN_SD_BASE] = {0xd9, 0x5d, 0x00}, [CN_SD_DERIVED] = {0xd9, 0x5d, 0x01}};

/* The multicodec of a P-256 public key, and the first byte of a compressed point is 2 or 3. */
static bool is_public_key(cn_slice s) {
    return s.n == CN_SD_PUBLIC_KEY && cn_slice_starts(s, CN_S("\x80\x24")) && (s.p[2] == 2 || s.p[2] == 3);
}

/* ---- Reading: one item ---- */

typedef enum item_kind { NOTHING, NUMBER, BYTES, TEXT, ARRAY, MAP } item_kind;

typedef struct item {
    item_kind kind;
    uint64_t number; /* the value, or how many items follow */
    cn_slice bytes;
} item;

static void got_number(item *to, uint64_t n) {
    *to = (item){.kind = NUMBER, .number = n};
}

static void got_uint8(void *to, uint8_t n) {
    got_number(to, n);
}

static void got_uint16(void *to, uint16_t n) {
    got_number(to, n);
}

static void got_uint32(void *to, uint32_t n) {
    got_number(to, n);
}

static void got_uint64(void *to, uint64_t n) {
    got_number(to, n);
}

static void got_bytes(void *to, cbor_data p, size_t n) {
    *(item *)to = (item){.kind = BYTES, .bytes = cn_slice_bytes(p, n)};
}

static void got_text(void *to, cbor_data p, size_t n) {
    *(item *)to = (item){.kind = TEXT, .bytes = cn_slice_bytes(p, n)};
}

static void got_array(void *to, size_t n) {
    *(item *)to = (item){.kind = ARRAY, .number = n};
}

static void got_map(void *to, size_t n) {
    *(item *)to = (item){.kind = MAP, .number = n};
}

typedef struct reader {
    cn_arena *arena;
    cn_slice rest;
    bool too_many, full; /* why it stopped, where it is not the form */
} reader;

/* The next item, where it is of this kind. */
static bool next(reader *r, item_kind kind, item *out) {
    struct cbor_callbacks callbacks = cbor_empty_callbacks;
    callbacks.uint8 = got_uint8;
    callbacks.uint16 = got_uint16;
    callbacks.uint32 = got_uint32;
    callbacks.uint64 = got_uint64;
    callbacks.byte_string = got_bytes;
    callbacks.string = got_text;
    callbacks.array_start = got_array;
    callbacks.map_start = got_map;
    item got = {.kind = NOTHING};
    struct cbor_decoder_result done = cbor_stream_decode((cbor_data)r->rest.p, r->rest.n, &callbacks, &got);
    if (done.status != CBOR_DECODER_FINISHED || got.kind != kind) return false;
    r->rest = cn_slice_from(r->rest, done.read);
    *out = got;
    return true;
}

static bool next_bytes(reader *r, size_t n, cn_slice *out) {
    item got;
    if (!next(r, BYTES, &got) || got.bytes.n != n) return false;
    *out = got.bytes;
    return true;
}

/* The head of a list or map; each of its items takes a byte at least. */
static bool next_count(reader *r, item_kind kind, size_t max, size_t *out) {
    item got;
    if (!next(r, kind, &got) || got.number > r->rest.n) return false;
    r->too_many = got.number > max;
    *out = (size_t)got.number;
    return !r->too_many;
}

/* Room for the items of a list; one more, so that NULL means that there is none. */
static void *room(reader *r, size_t n, size_t size) {
    void *v = cn_arena_array(r->arena, n + 1, size);
    r->full = !v;
    return v;
}

/* ---- Reading: the parts ---- */

static bool read_signatures(reader *r, cn_sd_list *out) {
    if (!next_count(r, ARRAY, CN_SD_SIGNATURES_MAX, &out->n)) return false;
    out->v = room(r, out->n, sizeof *out->v);
    for (size_t i = 0; out->v && i < out->n; i++)
        if (!next_bytes(r, CN_SD_SIGNATURE, &out->v[i])) return false;
    return out->v != NULL;
}

static bool read_pointers(reader *r, cn_sd_list *out) {
    if (!next_count(r, ARRAY, CN_SD_POINTERS_MAX, &out->n)) return false;
    out->v = room(r, out->n, sizeof *out->v);
    for (size_t i = 0; out->v && i < out->n; i++) {
        item got;
        if (!next(r, TEXT, &got) || cn_utf8_invalid(got.bytes) != SIZE_MAX) return false;
        out->v[i] = got.bytes;
    }
    return out->v != NULL;
}

/* No number and no digest twice: two nodes would become one, or one two. */
static bool is_new(const cn_sd_label *labels, size_t n, const cn_sd_label *label, cn_map *digests, reader *r) {
    if (n && labels[n - 1].number >= label->number)
        for (size_t i = 0; i < n; i++)
            if (labels[i].number == label->number) return false;
    if (cn_map_has(digests, label->digest)) return false;
    r->full = !cn_map_at(r->arena, digests, label->digest);
    return !r->full;
}

static bool read_labels(reader *r, cn_sd_derived *out) {
    cn_map digests = {0};
    if (!next_count(r, MAP, CN_SD_LABELS_MAX, &out->labels_n)) return false;
    out->labels = room(r, out->labels_n, sizeof *out->labels);
    for (size_t i = 0; out->labels && i < out->labels_n; i++) {
        item got;
        cn_sd_label *label = &out->labels[i];
        if (!next(r, NUMBER, &got) || !next_bytes(r, CN_SD_DIGEST, &label->digest)) return false;
        label->number = got.number;
        if (!is_new(out->labels, i, label, &digests, r)) return false;
    }
    return out->labels != NULL;
}

/* There can be more mandatory statements than are signed one by one; each takes a byte here. */
static bool read_mandatory(reader *r, cn_sd_derived *out) {
    if (!next_count(r, ARRAY, r->rest.n, &out->mandatory_n)) return false;
    out->mandatory = room(r, out->mandatory_n, sizeof *out->mandatory);
    for (size_t i = 0; out->mandatory && i < out->mandatory_n; i++) {
        item got;
        if (!next(r, NUMBER, &got)) return false;
        out->mandatory[i] = got.number;
    }
    return out->mandatory != NULL;
}

/* ---- Reading: the whole ---- */

cn_sd_kind cn_sd_kind_of(cn_slice text) {
    if (cn_slice_starts(text, CN_S("u2V0A"))) return CN_SD_BASE;
    return cn_slice_starts(text, CN_S("u2V0B")) ? CN_SD_DERIVED : CN_SD_NONE;
}

static bool fail_value(cn_err *err) {
    return cn_fail(err, CN_INVALID, "sd.value",
                   "The signature is damaged: it has not the form that one for selective disclosure has.");
}

/* From the text to the list of five behind the head. */
static bool open_value(cn_arena *a, cn_slice text, cn_sd_kind kind, reader *r, cn_err *err) {
    cn_slice bytes;
    size_t parts;
    if (!cn_slice_starts(text, CN_S("u"))) return fail_value(err);
    if (!cn_base64_read(a, CN_BASE64_URL, cn_slice_from(text, 1), &bytes, err))
        return err->code == CN_LIMIT ? false : fail_value(err);
    if (!cn_slice_starts(bytes, cn_slice_bytes(heads[kind], 3))) return fail_value(err);
    *r = (reader){.arena = a, .rest = cn_slice_from(bytes, 3)};
    return (next_count(r, ARRAY, 5, &parts) && parts == 5) || fail_value(err);
}

static bool close_value(const reader *r, bool read, cn_err *err) {
    if (r->full) return cn_fail_memory(err);
    if (r->too_many)
        return cn_fail(err, CN_LIMIT, "sd.size",
                       "The signature has more parts than are looked at: at most %d statements.",
                       CN_SD_SIGNATURES_MAX);
    return (read && !r->rest.n) || fail_value(err);
}

bool cn_sd_base_read(cn_arena *a, cn_slice text, cn_sd_base *out, cn_err *err) {
    reader r;
    cn_sd_base base = {0};
    if (!open_value(a, text, CN_SD_BASE, &r, err)) return false;
    bool read = next_bytes(&r, CN_SD_SIGNATURE, &base.signature) &&
                next_bytes(&r, CN_SD_PUBLIC_KEY, &base.public_key) && is_public_key(base.public_key) &&
                next_bytes(&r, CN_SD_DIGEST, &base.hmac_key) && read_signatures(&r, &base.signatures) &&
                read_pointers(&r, &base.pointers);
    if (!close_value(&r, read, err)) return false;
    *out = base;
    return true;
}

bool cn_sd_derived_read(cn_arena *a, cn_slice text, cn_sd_derived *out, cn_err *err) {
    reader r;
    cn_sd_derived derived = {0};
    if (!open_value(a, text, CN_SD_DERIVED, &r, err)) return false;
    bool read = next_bytes(&r, CN_SD_SIGNATURE, &derived.signature) &&
                next_bytes(&r, CN_SD_PUBLIC_KEY, &derived.public_key) && is_public_key(derived.public_key) &&
                read_signatures(&r, &derived.signatures) && read_labels(&r, &derived) &&
                read_mandatory(&r, &derived);
    if (!close_value(&r, read, err)) return false;
    *out = derived;
    return true;
}

/* ---- Writing ---- */

typedef size_t encoder(size_t n, unsigned char *to, size_t size);

/* The head of an item: at most nine bytes. */
static void put_head(cn_buf *b, encoder *encode, size_t n) {
    unsigned char head[9];
    cn_buf_add(b, cn_slice_bytes(head, encode(n, head, sizeof head)));
}

static void put_number(cn_buf *b, uint64_t n) {
    unsigned char bytes[9];
    cn_buf_add(b, cn_slice_bytes(bytes, cbor_encode_uint(n, bytes, sizeof bytes)));
}

static void put_bytes(cn_buf *b, cn_slice s) {
    put_head(b, cbor_encode_bytestring_start, s.n);
    cn_buf_add(b, s);
}

static void put_signatures(cn_buf *b, const cn_sd_list *signatures) {
    put_head(b, cbor_encode_array_start, signatures->n);
    for (size_t i = 0; i < signatures->n; i++) put_bytes(b, signatures->v[i]);
}

static cn_buf begin(cn_arena *a, cn_sd_kind kind) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, cn_slice_bytes(heads[kind], 3));
    put_head(&b, cbor_encode_array_start, 5);
    return b;
}

static bool finish(cn_arena *a, const cn_buf *b, cn_slice *out, cn_err *err) {
    cn_buf text = cn_buf_on(a, 0);
    cn_buf_byte(&text, 'u');
    cn_base64_write(&text, CN_BASE64_URL, cn_buf_slice(b));
    if (!cn_buf_ok(b) || !cn_buf_ok(&text)) return cn_fail_memory(err);
    *out = cn_buf_slice(&text);
    return true;
}

bool cn_sd_base_write(cn_arena *a, const cn_sd_base *base, cn_slice *out, cn_err *err) {
    cn_buf b = begin(a, CN_SD_BASE);
    put_bytes(&b, base->signature);
    put_bytes(&b, base->public_key);
    put_bytes(&b, base->hmac_key);
    put_signatures(&b, &base->signatures);
    put_head(&b, cbor_encode_array_start, base->pointers.n);
    for (size_t i = 0; i < base->pointers.n; i++) {
        put_head(&b, cbor_encode_string_start, base->pointers.v[i].n);
        cn_buf_add(&b, base->pointers.v[i]);
    }
    return finish(a, &b, out, err);
}

bool cn_sd_derived_write(cn_arena *a, const cn_sd_derived *derived, cn_slice *out, cn_err *err) {
    cn_buf b = begin(a, CN_SD_DERIVED);
    put_bytes(&b, derived->signature);
    put_bytes(&b, derived->public_key);
    put_signatures(&b, &derived->signatures);
    put_head(&b, cbor_encode_map_start, derived->labels_n);
    for (size_t i = 0; i < derived->labels_n; i++) {
        put_number(&b, derived->labels[i].number);
        put_bytes(&b, derived->labels[i].digest);
    }
    put_head(&b, cbor_encode_array_start, derived->mandatory_n);
    for (size_t i = 0; i < derived->mandatory_n; i++) put_number(&b, derived->mandatory[i]);
    return finish(a, &b, out, err);
}
