/* SPDX-License-Identifier: Apache-2.0
 *
 * Names made comparable: two names with one skeleton look, or sound, alike to a person.
 *
 * Case, accents, punctuation, white space and what is not seen at all go; letters of other scripts and digits
 * that look like a Latin letter become it. The tables are small on purpose: Latin with its accents, the Cyrillic
 * and Greek letters that are drawn like Latin ones, letterlike, mathematical and full-width forms. They are no
 * implementation of Unicode's confusables (UTS 39): what they lack stays as it is, and compares by itself.
 * A skeleton is for comparing only and is never shown.
 */
#include "vc/registry.h"

/* One letter a code point, space where it is none of these letters. */
static const char latin[] = /* U+00C0 to U+024F */
    "aaaaaa ceeeeiiiidnooooo ouuuuyp aaaaaa ceeeeiiiidnooooo ouuuuypyaaaaaaccccccccdd"
    "ddeeeeeeeeeegggggggghhhhiiiiiiiiii  jjkk llllllllllnnnnnn nnoooooo  rrrrrrssssss"
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzsbbbb   cc ddd    ffg   ikkl  nnooo  pp     ttttu"
    "u vyyzz              d  l  n aaiioouuuuuuuuuu aaaa  ggggkkoooo  j d gg  nnaa  oo"
    "aaaaeeeeiiiioooorrrruuuusstt  hhnd  zzaaeeooooooooyylntj  accltsz  b  eejj qrryy";
static const char latin_more[] = /* U+1E00 to U+1EFF */
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooo"
    "oooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas    "
    "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu"
    "uuyyyyyyyy    yy";
static const char letterlike[] = /* U+2100 to U+214F */
    "  c       ghhhh iill n   pqrrr      z   z kabc eef mo    i           ddeij      ";

static const struct {
    uint32_t first;
    const char *letters;
    size_t n;
} blocks[] = {
    {0xc0, latin, sizeof latin - 1},
    {0x1e00, latin_more, sizeof latin_more - 1},
    {0x2100, letterlike, sizeof letterlike - 1},
};

/* What one letter cannot say, and letters of other scripts by their look. */
static const struct {
    const char *from; /* characters */
    const char *to;   /* the letters of each */
} alike[] = {
    {"\u00c6\u00e6", "ae"},
    {"\u0152\u0153", "oe"},
    {"\u00df\u1e9e", "ss"},
    {"\u0132\u0133", "ij"},
    {"АаΑα", "a"},
    {"ВвьΒβ", "b"},
    {"СсϹϲ", "c"},
    {"ԁ", "d"},
    {"ЕеЁёΕε", "e"},
    {"Ԍԍ", "g"},
    {"НнһҺΗ", "h"},
    {"ІіЇїΙιӀӏ", "i"},
    {"Јј", "j"},
    {"КкΚκ", "k"},
    {"МмΜ", "m"},
    {"пηΝ", "n"},
    {"ОоΟο", "o"},
    {"РрΡρ", "p"},
    {"Ԛԛ", "q"},
    {"г", "r"},
    {"Ѕѕ", "s"},
    {"ТтΤτ", "t"},
    {"υμ", "u"},
    {"ѵѴν", "v"},
    {"ԜԝѡѠω", "w"},
    {"ХхΧχ", "x"},
    {"УуΥγ", "y"},
    {"Ζζ", "z"},
    {"Зз", "3"},
};

/* Neither letters nor digits: controls, punctuation, marks above and below, signs, pictures. */
static const uint32_t silent[][2] = {
    {0x80, 0xbf},        {0xd7, 0xd7},     {0xf7, 0xf7},     {0x2b0, 0x36f},   {0x61c, 0x61c},
    {0x115f, 0x1160},    {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
    {0x2000, 0x2bff},    {0x2e00, 0x2e7f}, {0x3000, 0x303f}, {0x3164, 0x3164}, {0xe000, 0xf8ff},
    {0xfe00, 0xfe6f},    {0xfeff, 0xfeff}, {0xff00, 0xffef}, {0xfff0, 0xffff}, {0x1f000, 0x1faff},
    {0xe0000, 0x10ffff},
};

/* Full-width forms, and the alphabets for mathematics, are the ASCII ones again. */
static uint32_t plain_form(uint32_t c) {
    if (c >= 0xff01 && c <= 0xff5e) return c - 0xff01 + '!';
    if (c >= 0x1d400 && c <= 0x1d6a3) return 'a' + (c - 0x1d400) % 26;
    if (c >= 0x1d7ce && c <= 0x1d7ff) return '0' + (c - 0x1d7ce) % 10;
    return c;
}

static bool in_blocks(uint32_t c, char *letter) {
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        if (c < blocks[i].first || c - blocks[i].first >= blocks[i].n) continue;
        *letter = blocks[i].letters[c - blocks[i].first];
        return *letter != ' ';
    }
    return false;
}

/* The letters that the character looks like, or NULL. */
static const char *look_of(uint32_t c) {
    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++) {
        cn_slice from = cn_slice_of(alike[i].from);
        for (size_t at = 0; at < from.n;)
            if (cn_utf8_next(from, &at) == c) return alike[i].to;
    }
    return NULL;
}

static bool is_silent(uint32_t c) {
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++)
        if (c >= silent[i][0] && c <= silent[i][1]) return true;
    return false;
}

/* Cyrillic and Greek capitals that look like nothing of ours are small letters. */
static uint32_t small(uint32_t c) {
    if ((c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f)) return c + 32;
    return c >= 0x400 && c <= 0x40f ? c + 80 : c;
}

static void put(cn_buf *b, char c) {
    static const char same[][2] = {{'1', 'l'}, {'|', 'l'}, {'i', 'l'}, {'0', 'o'}};
    if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        if (c == same[i][0]) c = same[i][1];
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) return;
    char before = b->n ? b->p[b->n - 1] : 0;
    if (c == 'n' && before == 'r') b->p[b->n - 1] = 'm'; /* "rn" is read as "m" */
    else if (c == 'v' && before == 'v') b->p[b->n - 1] = 'w';
    else cn_buf_byte(b, c);
}

static void put_character(cn_buf *b, uint32_t c) {
    char letter[2] = "";
    c = plain_form(c);
    const char *look = c < 0x80 || in_blocks(c, letter) ? letter : look_of(c);
    if (c < 0x80) letter[0] = (char)c;
    for (const char *p = look; p && *p; p++) put(b, *p);
    if (!look && !is_silent(c)) cn_buf_utf8(b, small(c));
}

void cn_name_skeleton(cn_buf *b, cn_slice name) {
    for (size_t at = 0; at < name.n;) put_character(b, cn_utf8_next(name, &at));
}
