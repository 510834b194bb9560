/* SPDX-License-Identifier: Apache-2.0
 *
 * Baked badges, whatever the image: which kind it is, what may be baked, and the answers
 * that both kinds share. PNG and SVG have a file each.
 */
#include "vc/bake.h"

#define BOM "\xef\xbb\xbf"
#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"

bool cn_is_png(cn_slice bytes) {
    /* Four bytes are enough: what a mail gateway made of the line ends behind them is damage to be told. */
    return cn_slice_starts(bytes, cn_slice_sub(CN_S(PNG_SIGNATURE), 0, 4));
}

bool cn_is_svg(cn_slice bytes) {
    cn_slice text = cn_slice_starts(bytes, CN_S(BOM)) ? cn_slice_from(bytes, sizeof BOM - 1) : bytes;
    return cn_slice_starts(cn_slice_trim(text), CN_S("<"));
}

bool cn_is_other_picture(cn_slice bytes) {
    static const cn_slice beginnings[] = {CN_S_INIT("\xff\xd8\xff"), CN_S_INIT("GIF8")};
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (cn_slice_starts(bytes, beginnings[i])) return true;
    return cn_slice_starts(bytes, CN_S("RIFF")) && cn_slice_eq(cn_slice_sub(bytes, 8, 12), CN_S("WEBP"));
}

bool cn_unbake(cn_arena *a, cn_slice bytes, cn_slice *format, cn_slice *payload, cn_err *err) {
    static const struct {
        cn_slice format;
        bool (*is)(cn_slice bytes);
        bool (*unbake)(cn_arena *a, cn_slice image, cn_slice *payload, cn_err *err);
    } kinds[] = {
        {CN_S_INIT("png"), cn_is_png, cn_unbake_png},
        {CN_S_INIT("svg"), cn_is_svg, cn_unbake_svg},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!kinds[i].is(bytes)) continue;
        if (!kinds[i].unbake(a, bytes, payload, err)) return false;
        *format = kinds[i].format;
        return true;
    }
    if (cn_is_other_picture(bytes)) return cn_no_credential(err);
    return cn_fail_at(err, CN_INVALID, "not-an-image", CN_S("byte 0"), "This is neither a PNG nor an SVG image.");
}

bool cn_bake(cn_arena *a, cn_slice image, cn_slice payload, cn_slice *out, cn_err *err) {
    if (cn_is_png(image)) return cn_bake_png(a, image, payload, out, err);
    if (cn_is_svg(image)) return cn_bake_svg(a, image, payload, out, err);
    return cn_fail_at(err, CN_INVALID, "not-an-image", CN_S("byte 0"),
                      "This is neither a PNG nor an SVG image, and only these can hold a badge.");
}

/* RFC 7515, 7.1: three runs of base64url with dots between them. */
static bool is_compact_jws(cn_slice s) {
    size_t dots = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c == '.') dots++;
        else if (!letter && c != '-' && c != '_') return false;
    }
    return dots == 2;
}

bool cn_bake_payload(cn_slice given, cn_slice *payload, cn_err *err) {
    cn_slice text = cn_slice_trim(given);
    bool json = cn_slice_starts(text, CN_S("{")) && cn_slice_ends(text, CN_S("}")) &&
                cn_slice_find_byte(text, 0) == SIZE_MAX && cn_utf8_invalid(text) == SIZE_MAX;
    if (!json && !is_compact_jws(text))
        return cn_fail(err, CN_INVALID, "bake-payload",
                       "What goes into an image is a credential: a JSON object, or a compact JWS.");
    *payload = text;
    return true;
}

bool cn_image_size_ok(cn_slice image, cn_err *err) {
    if (image.n <= CN_IMAGE_MAX) return true;
    return cn_fail(err, CN_LIMIT, "image-too-large", "The image has %zu bytes; at most %zu are read.", image.n,
                   CN_IMAGE_MAX);
}

bool cn_no_credential(cn_err *err) {
    return cn_fail_at(
        err, CN_NOT_FOUND, "no-credential-in-image", CN_S("the whole image"),
        "This picture holds no credential. A picture saved from a social site or sent through a chat "
        "loses the one it had, and the picture of a QR code is not a badge; choose the file your "
        "issuer gave you.");
}

bool cn_open_badges_2(cn_slice where, cn_err *err) {
    return cn_fail_at(err, CN_UNSUPPORTED, "open-badges-2", where,
                      "This picture holds a badge of Open Badges 2.0 or older, which cannot be taken out of it; "
                      "ask your issuer for the badge in version 3.0.");
}

bool cn_baked_already(cn_err *err) {
    return cn_fail(err, CN_CONFLICT, "baked-already",
                   "The image holds a badge already, and an image can hold one only.");
}
