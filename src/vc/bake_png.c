/* SPDX-License-Identifier: Apache-2.0
 *
 * Badges in PNG images: Open Badges 3.0, 5.3.1; PNG (Third Edition), 5 (datastream
 * structure) and 11.3.3 (textual information).
 *
 * A PNG is a row of chunks, each with its length, name, content and CRC. They are walked and
 * never unpacked: an image that would inflate to gigabytes costs no more than its bytes.
 */
#include <zlib.h>

#include "vc/bake.h"

#define SIGNATURE "\x89PNG\r\n\x1a\n"
#define KEYWORD "openbadgecredential"
enum { LENGTH = 4, NAME = 4, CRC = 4, FRAME = LENGTH + NAME + CRC };
enum { CHUNKS_MAX = 1 << 16, IHDR_SIZE = 13 };

typedef struct chunk {
    cn_slice name, data;
    size_t at; /* byte of the file */
} chunk;

typedef struct png {
    cn_slice image;
    size_t next; /* byte where the next chunk begins */
    cn_slice payload;
    bool baked;
    size_t old;           /* where an older badge stands, 0: nowhere */
    cn_slice old_payload; /* empty where it is compressed, or not built as PNG asks */
    size_t end;           /* byte where IEND begins */
} png;

static uint32_t read_u32(const char *p) {
    const uint8_t *b = (const uint8_t *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void add_u32(cn_buf *b, uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8) cn_buf_byte(b, (char)(uint8_t)(v >> shift));
}

static uint32_t crc_of(cn_slice s) {
    return (uint32_t)crc32_z(0, (const Bytef *)s.p, s.n);
}

/* ---- Places, for people ---- */

typedef struct place {
    char text[64];
} place;

static place place_of(const chunk *c) {
    place p;
    char name[NAME];
    for (size_t i = 0; i < NAME; i++) {
        char letter = i < c->name.n ? c->name.p[i] : '?';
        name[i] = letter > ' ' && letter < 0x7f ? letter : '?';
    }
    (void)snprintf(p.text, sizeof p.text, "byte %zu (chunk %.*s)", c->at, NAME, name);
    return p;
}

__attribute__((format(printf, 5, 6))) static bool fail_in(const chunk *c, cn_err *err, cn_code code,
                                                          const char *id, const char *format, ...) {
    char text[sizeof err->detail];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return cn_fail_at(err, code, id, cn_slice_of(place_of(c).text), "%s", text);
}

/* ---- Chunks ---- */

static bool next_chunk(png *p, chunk *c, cn_err *err) {
    cn_slice rest = cn_slice_from(p->image, p->next);
    *c = (chunk){.name = cn_slice_sub(rest, LENGTH, LENGTH + NAME), .at = p->next};
    uint32_t length = rest.n >= FRAME ? read_u32(rest.p) : 0;
    if (rest.n < FRAME || length > rest.n - FRAME)
        return fail_in(c, err, CN_INVALID, "truncated-image",
                       "The picture breaks off after %zu bytes: it was not copied or downloaded whole.",
                       p->image.n);
    c->data = cn_slice_sub(rest, LENGTH + NAME, LENGTH + NAME + (size_t)length);
    cn_slice summed = cn_slice_sub(rest, LENGTH, LENGTH + NAME + (size_t)length);
    if (read_u32(rest.p + LENGTH + NAME + length) != crc_of(summed))
        return fail_in(c, err, CN_INVALID, "png-crc",
                       "The picture is damaged: a part of it does not match its own check sum. Get the file anew "
                       "from your issuer.");
    p->next += FRAME + (size_t)length;
    return true;
}

/* ---- Texts: "keyword NUL ..." in chunks of three kinds ---- */

/* 11.3.3.4: keyword NUL, compression flag, compression method, language NUL, translated keyword NUL, text. */
static bool take_itxt(png *p, const chunk *c, cn_slice rest, cn_err *err) {
    cn_slice language, keyword, text = cn_slice_from(rest, 2);
    if (rest.n && rest.p[0] == 1)
        return fail_in(c, err, CN_UNSUPPORTED, "png-compressed-text",
                       "The credential in this picture is compressed, which Open Badges 3.0 does not allow; ask "
                       "your issuer for the badge anew.");
    if (rest.n < 2 || rest.p[0] != 0 || !cn_slice_cut(text, 0, &language, &text) ||
        !cn_slice_cut(text, 0, &keyword, &text))
        return fail_in(c, err, CN_INVALID, "png-malformed-text",
                       "The text that should hold the credential is not built as PNG asks.");
    p->payload = text;
    return true;
}

static bool take_credential(png *p, const chunk *c, cn_slice rest, cn_err *err) {
    if (p->baked)
        return fail_in(c, err, CN_INVALID, "png-two-credentials",
                       "This picture holds a second credential, so nobody can tell which one it stands for.");
    p->baked = true;
    if (cn_slice_eq(c->name, CN_S("iTXt"))) return take_itxt(p, c, rest, err);
    if (cn_slice_eq(c->name, CN_S("zTXt")))
        return fail_in(c, err, CN_UNSUPPORTED, "png-compressed-text",
                       "The credential in this picture is compressed (zTXt), which Open Badges 3.0 does not "
                       "allow; ask your issuer for the badge anew.");
    return fail_in(c, err, CN_INVALID, "png-malformed-text",
                   "The credential stands in a tEXt chunk; Open Badges 3.0 asks for iTXt, which holds any "
                   "letter.");
}

/* Open Badges 2.0, "Baking": iTXt; before that tEXt. */
static void take_old(png *p, const chunk *c, cn_slice rest) {
    png found = {0};
    cn_err err;
    p->old = c->at;
    if (cn_slice_eq(c->name, CN_S("tEXt"))) p->old_payload = rest;
    else if (cn_slice_eq(c->name, CN_S("iTXt")) && take_itxt(&found, c, rest, &err))
        p->old_payload = found.payload;
}

static bool take_text(png *p, const chunk *c, cn_err *err) {
    static const cn_slice kinds[] = {CN_S_INIT("iTXt"), CN_S_INIT("tEXt"), CN_S_INIT("zTXt")};
    cn_slice keyword, rest;
    bool text = false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) text |= cn_slice_eq(c->name, kinds[i]);
    if (!text || !cn_slice_cut(c->data, 0, &keyword, &rest)) return true;
    if (cn_slice_eq(keyword, CN_S("openbadges"))) take_old(p, c, rest);
    return !cn_slice_eq(keyword, CN_S(KEYWORD)) || take_credential(p, c, rest, err);
}

/* ---- The whole image ---- */

static bool check_signature(cn_slice image, cn_err *err) {
    if (cn_slice_starts(image, CN_S(SIGNATURE))) return true;
    if (cn_slice_starts(CN_S(SIGNATURE), image))
        return cn_fail_at(err, CN_INVALID, "truncated-image", CN_S("byte 0"),
                          "The picture breaks off within its first bytes.");
    return cn_fail_at(err, CN_INVALID, "not-an-image", CN_S("byte 0"), "This does not begin as a PNG image does.");
}

/* Every chunk is checked before anything of them is used. What stands behind IEND is no part of the image. */
static bool walk(cn_slice image, png *out, cn_err *err) {
    png p = {.image = image, .next = sizeof SIGNATURE - 1};
    if (!cn_image_size_ok(image, err) || !check_signature(image, err)) return false;
    for (size_t count = 0; !p.end; count++) {
        chunk c;
        if (!next_chunk(&p, &c, err)) return false;
        if (!count && !(cn_slice_eq(c.name, CN_S("IHDR")) && c.data.n == IHDR_SIZE))
            return fail_in(&c, err, CN_INVALID, "not-an-image",
                           "This begins like a PNG image, but its header is missing.");
        if (count == CHUNKS_MAX)
            return fail_in(&c, err, CN_LIMIT, "png-too-many-chunks", "At most %d chunks are read.", CHUNKS_MAX);
        if (!take_text(&p, &c, err)) return false;
        if (cn_slice_eq(c.name, CN_S("IEND"))) p.end = c.at;
    }
    *out = p;
    return true;
}

bool cn_unbake_png(cn_arena *a, cn_slice image, cn_slice *payload, cn_err *err) {
    (void)a; /* the text is borrowed */
    png p = {0};
    if (!walk(image, &p, err)) return false;
    if (!p.baked && p.old_payload.n) {
        *payload = p.old_payload;
        return true;
    }
    if (!p.baked && p.old) {
        chunk c = {.name = cn_slice_sub(image, p.old + LENGTH, p.old + LENGTH + NAME), .at = p.old};
        return cn_open_badges_2(cn_slice_of(place_of(&c).text), err);
    }
    if (!p.baked) return cn_no_credential(err);
    *payload = p.payload;
    return true;
}

bool cn_bake_png(cn_arena *a, cn_slice image, cn_slice payload, cn_slice *out, cn_err *err) {
    cn_slice text, head = CN_S("iTXt" KEYWORD "\0\0\0\0\0"); /* not compressed, no language, no translation */
    png p = {0};
    if (!cn_bake_payload(payload, &text, err) || !walk(image, &p, err)) return false;
    if (p.baked) return cn_baked_already(err);
    if (text.n > CN_IMAGE_MAX) return cn_image_size_ok(text, err);
    cn_buf b = cn_buf_on(a, 0);
    if (!cn_buf_reserve(&b, image.n + FRAME + head.n + text.n)) return cn_fail_memory(err);
    cn_buf_add(&b, cn_slice_sub(image, 0, p.end));
    add_u32(&b, (uint32_t)(head.n - NAME + text.n));
    size_t summed = b.n;
    cn_buf_add(&b, head);
    cn_buf_add(&b, text);
    add_u32(&b, crc_of(cn_slice_from(cn_buf_slice(&b), summed)));
    cn_buf_add(&b, cn_slice_from(image, p.end));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}
