/* SPDX-License-Identifier: Apache-2.0
 *
 * What a file is, and its text as UTF-8. The encodings are decoded here and not by iconv, which loads modules from
 * files that need not be there.
 */
#include <stdarg.h>

#include "app/sheet_inside.h"

bool cn_sheet_fail(cn_err *err, cn_code code, const char *id, size_t line, const char *format, ...) {
    char where[32], detail[sizeof err->detail];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    (void)snprintf(where, sizeof where, "line %zu", line);
    return cn_fail_at(err, code, id, cn_slice_of(where), "%s", detail);
}

/* ---- Lines ---- */

cn_slice cn_sheet_next_line(cn_slice rest) {
    size_t i = 0;
    while (i < rest.n && rest.p[i] != '\n' && rest.p[i] != '\r') i++;
    size_t end = i + 1 < rest.n && rest.p[i] == '\r' && rest.p[i + 1] == '\n' ? 2 : 1;
    return cn_slice_sub(rest, 0, i + end);
}

size_t cn_sheet_line_of(cn_slice text, size_t pos) {
    size_t line = 1;
    for (size_t at = 0; at < text.n; line++) {
        at += cn_sheet_next_line(cn_slice_from(text, at)).n;
        if (at > pos || (text.p[at - 1] != '\n' && text.p[at - 1] != '\r')) return line;
    }
    return line;
}

/* ---- What is no CSV ---- */

static bool begins_nocase(cn_slice s, cn_slice prefix) {
    return s.n >= prefix.n && cn_slice_eq_nocase(cn_slice_sub(s, 0, prefix.n), prefix);
}

static bool holds(cn_slice s, cn_slice needle) {
    return cn_slice_find(s, needle) != SIZE_MAX;
}

#define SAVE_AS " Open it in a spreadsheet program and save it as CSV (UTF-8)."

/* A zip is known by the names of what it holds, which are not compressed. */
static const struct {
    cn_slice holds;
    const char *id, *detail;
} zips[] = {
    {CN_S_INIT("mimetypeapplication/vnd.oasis.opendocument"), "sheet.ods",
     "this is an OpenDocument file (.ods)." SAVE_AS},
    {CN_S_INIT("xl/"), "sheet.xlsx", "this is an Excel workbook (.xlsx)." SAVE_AS},
    {CN_S_INIT("Index/"), "sheet.numbers", "this is a Numbers document. Open it in Numbers and export it as CSV."},
    {CN_S_INIT(""), "sheet.zip", "this is a zip archive. Unpack it and upload the CSV file that it holds."},
};

static const struct {
    cn_slice begins;
    const char *id, *detail;
} binaries[] = {
    {CN_S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "sheet.xls",
     "this is an Excel workbook (.xls, or one with a password)." SAVE_AS},
    {CN_S_INIT("%PDF-"), "sheet.pdf", "this is a PDF document, which holds no table." SAVE_AS},
    {CN_S_INIT("{\\rtf"), "sheet.rtf", "this is a word processor's document (.rtf)." SAVE_AS},
};

/* Some systems name a web page .xls or .csv, and Excel opens it. */
static const struct {
    cn_slice begins;
    const char *id, *detail;
} markups[] = {
    {CN_S_INIT("<!doctype html"), "sheet.html", "this is a web page, whatever its name." SAVE_AS},
    {CN_S_INIT("<html"), "sheet.html", "this is a web page, whatever its name." SAVE_AS},
    {CN_S_INIT("<head"), "sheet.html", "this is a web page, whatever its name." SAVE_AS},
    {CN_S_INIT("<meta"), "sheet.html", "this is a web page, whatever its name." SAVE_AS},
    {CN_S_INIT("<table"), "sheet.html", "this is a web page, whatever its name." SAVE_AS},
    {CN_S_INIT("<?xml"), "sheet.xml", "this is an XML document, whatever its name." SAVE_AS},
    {CN_S_INIT("<workbook"), "sheet.xml", "this is an XML document, whatever its name." SAVE_AS},
};

static bool refuse_zip(cn_slice bytes, cn_err *err) {
    size_t i = 0;
    while (!holds(bytes, zips[i].holds)) i++;
    return cn_fail(err, CN_INVALID, zips[i].id, "%s", zips[i].detail);
}

static bool is_no_container(cn_slice bytes, cn_err *err) {
    if (cn_slice_starts(bytes, CN_S("PK\x03\x04")) || cn_slice_starts(bytes, CN_S("PK\x05\x06")))
        return refuse_zip(bytes, err);
    for (size_t i = 0; i < sizeof binaries / sizeof binaries[0]; i++)
        if (cn_slice_starts(bytes, binaries[i].begins))
            return cn_fail(err, CN_INVALID, binaries[i].id, "%s", binaries[i].detail);
    return true;
}

static bool is_no_markup(cn_slice text, cn_err *err) {
    cn_slice begin = cn_slice_trim(text);
    for (size_t i = 0; i < sizeof markups / sizeof markups[0]; i++)
        if (begins_nocase(begin, markups[i].begins))
            return cn_fail(err, CN_INVALID, markups[i].id, "%s", markups[i].detail);
    return true;
}

/* ---- Encodings ---- */

/* 0x80 to 0x9f; 0 is no character (the table "bestfit1252" of the Unicode Consortium, without its guesses). */
static const uint16_t windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

/* The bytes of the UTF-8 sequence here; 0 when there is none. */
static size_t sequence_at(cn_slice bytes, size_t i) {
    for (size_t n = 2; n <= 4 && n <= bytes.n - i; n++)
        if (cn_utf8_invalid(cn_slice_sub(bytes, i, i + n)) == SIZE_MAX) return n;
    return 0;
}

/* UTF-8 that was damaged on its way: read as Windows-1252 every name in it would be wrong, and be signed so. The
 * two are told apart by what there is more of: "\xc9\xa0", a capital and a no-break space, is UTF-8 by accident.
 */
static bool is_damaged_utf8(cn_slice bytes) {
    size_t good = 0, bad = 0;
    for (size_t i = 0, n; i < bytes.n; i += n ? n : 1) {
        bool ascii = (uint8_t)bytes.p[i] < 0x80;
        n = ascii ? 0 : sequence_at(bytes, i);
        good += n > 0;
        bad += !ascii && !n;
    }
    return good > bad;
}

static bool from_windows_1252(cn_arena *a, cn_slice bytes, cn_slice *text, cn_err *err) {
    cn_buf b = cn_buf_on(a, 3 * bytes.n);
    for (size_t i = 0; i < bytes.n; i++) {
        uint8_t byte = (uint8_t)bytes.p[i];
        uint32_t cp = byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte;
        if (!cp)
            return cn_sheet_fail(err, CN_INVALID, "sheet.encoding", cn_sheet_line_of(bytes, i),
                                 "the byte %02X is a character neither of UTF-8 nor of Windows-1252.", byte);
        cn_buf_utf8(&b, cp);
    }
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *text = cn_buf_slice(&b);
    return true;
}

static bool from_8_bits(cn_arena *a, cn_slice bytes, cn_slice *text, cn_sheet_encoding *encoding, cn_err *err) {
    cn_slice mark = CN_S("\xef\xbb\xbf");
    bool marked = cn_slice_starts(bytes, mark);
    cn_slice body = marked ? cn_slice_from(bytes, mark.n) : bytes;
    size_t nul = cn_slice_find_byte(body, 0), bad = cn_utf8_invalid(body);
    if (nul != SIZE_MAX)
        return cn_sheet_fail(err, CN_INVALID, "sheet.nul", cn_sheet_line_of(body, nul),
                             "there is a NUL character: this is no text.");
    *encoding = bad == SIZE_MAX ? CN_SHEET_UTF8 : CN_SHEET_WINDOWS_1252;
    *text = body;
    if (bad == SIZE_MAX) return true;
    if (marked || is_damaged_utf8(body))
        return cn_sheet_fail(err, CN_INVALID, "sheet.encoding", cn_sheet_line_of(body, bad),
                             "there is a character that is no UTF-8, though the rest of the file is.");
    return from_windows_1252(a, body, text, err);
}

static uint32_t unit_at(const uint8_t *p, bool big) {
    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* The code point of 1 or 2 units; 0 for a surrogate alone, and for NUL. */
static uint32_t from_units(uint32_t unit, uint32_t next, size_t *length) {
    *length = unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000 ? 2 : 1;
    if (*length == 2) return 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
    return unit >= 0xd800 && unit < 0xe000 ? 0 : unit;
}

static bool from_utf16(cn_arena *a, cn_slice bytes, bool big, cn_slice *text, cn_err *err) {
    const uint8_t *p = (const uint8_t *)bytes.p;
    cn_buf b = cn_buf_on(a, 2 * bytes.n);
    for (size_t i = 0, length; i < bytes.n; i += 2 * length) {
        bool half = bytes.n - i < 2;
        uint32_t unit = half ? 0 : unit_at(p + i, big), next = bytes.n - i < 4 ? 0 : unit_at(p + i + 2, big);
        uint32_t cp = from_units(unit, next, &length);
        if (!cp)
            return cn_sheet_fail(err, CN_INVALID, half || unit ? "sheet.encoding" : "sheet.nul",
                                 cn_sheet_line_of(cn_buf_slice(&b), b.n), "%s",
                                 half || unit ? "the file begins as UTF-16, and here is none."
                                              : "there is a NUL character: this is no text.");
        cn_buf_utf8(&b, cp);
    }
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *text = cn_buf_slice(&b);
    return true;
}

static bool decode(cn_arena *a, cn_slice bytes, cn_slice *text, cn_sheet_encoding *encoding, cn_err *err) {
    bool big = cn_slice_starts(bytes, CN_S("\xfe\xff"));
    if (!big && !cn_slice_starts(bytes, CN_S("\xff\xfe"))) return from_8_bits(a, bytes, text, encoding, err);
    *encoding = CN_SHEET_UTF16;
    return from_utf16(a, cn_slice_from(bytes, 2), big, text, err);
}

bool cn_sheet_text(cn_arena *a, cn_slice bytes, cn_slice *text, cn_sheet_encoding *encoding, cn_err *err) {
    return is_no_container(bytes, err) && decode(a, bytes, text, encoding, err) && is_no_markup(*text, err);
}
