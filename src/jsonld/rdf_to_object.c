/* SPDX-License-Identifier: Apache-2.0
 *
 * RDF to object conversion: JSON-LD 1.1 Processing Algorithms and API, 8.5.
 */
#include "jsonld/from_rdf.h"

#include <math.h>

#include "base/base.h"

static const cn_slice i18n = CN_S_INIT("https://www.w3.org/ns/i18n#");

static bool all_digits(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

static cn_slice skip_sign(cn_slice s) {
    return s.n && (s.p[0] == '+' || s.p[0] == '-') ? cn_slice_from(s, 1) : s;
}

/* The position of the letter of the exponent, or the length. */
static size_t exponent_at(cn_slice s) {
    size_t i = 0;
    while (i < s.n && s.p[i] != 'e' && s.p[i] != 'E') i++;
    return i;
}

/* XML Schema has forms that JSON has not: "+1", "007", ".5", "5.". Writes the same number as JSON would; false
 * where it is none. */
static bool as_json_number(cn_slice lexical, bool real, cn_buf *b) {
    cn_slice s = skip_sign(lexical), whole, fraction = {0}, exponent = {0};
    size_t end = real ? exponent_at(s) : s.n;
    if (end < s.n) exponent = cn_slice_from(s, end + 1);
    bool point = cn_slice_cut(cn_slice_sub(s, 0, end), '.', &whole, &fraction);
    if (point && !real) return false;
    if (!all_digits(whole) || !all_digits(fraction) || whole.n + fraction.n == 0) return false;
    if (end < s.n && (skip_sign(exponent).n == 0 || !all_digits(skip_sign(exponent)))) return false;
    while (whole.n > 1 && whole.p[0] == '0') whole = cn_slice_from(whole, 1);
    if (lexical.p[0] == '-') cn_buf_byte(b, '-');
    cn_buf_add(b, whole.n ? whole : CN_S("0"));
    if (fraction.n) cn_buf_byte(b, '.');
    cn_buf_add(b, fraction);
    if (exponent.n) cn_buf_byte(b, 'e');
    cn_buf_add(b, exponent);
    return true;
}

/* 2.4.3. An integer that no double is, and a double that is not finite, stay text. */
static bool native_number(cn_ld *ld, cn_slice lexical, bool real, const cn_json **out) {
    static const double most = 9007199254740991;
    cn_buf b = cn_buf_on(ld->a, 0);
    double v;
    if (!as_json_number(lexical, real, &b)) return true;
    if (!cn_buf_ok(&b)) return cn_ld_memory(ld);
    if (!cn_number_read(cn_buf_slice(&b), &v) || !isfinite(v) || (!real && fabs(v) > most)) return true;
    *out = cn_json_number(ld->a, v);
    return *out || cn_ld_memory(ld);
}

/* 2.4; *out stays NULL where there is no native value. */
static bool native(cn_ld *ld, const cn_term *term, const cn_json **out) {
    cn_slice type = term->datatype, text = term->value;
    bool real = cn_slice_eq(type, CN_S(CN_XSD "double"));
    if (!ld->options->native_types) return true;
    if (real || cn_slice_eq(type, CN_S(CN_XSD "integer"))) return native_number(ld, text, real, out);
    if (!cn_slice_eq(type, CN_S(CN_XSD "boolean"))) return true;
    if (cn_slice_eq(text, CN_S("true")) || cn_slice_eq(text, CN_S("1"))) *out = cn_json_bool(true);
    if (cn_slice_eq(text, CN_S("false")) || cn_slice_eq(text, CN_S("0"))) *out = cn_json_bool(false);
    return true;
}

/* 2.5.2 */
static bool json_literal(cn_ld *ld, const cn_term *term, cn_json *result) {
    const cn_json *value;
    cn_err why = {0};
    if (cn_json_read(ld->a, term->value, NULL, &value, &why))
        return cn_ld_set(ld, result, CN_KW_VALUE, value) && cn_ld_set_text(ld, result, CN_KW_TYPE, CN_S("@json"));
    if (why.code == CN_INVALID)
        return cn_ld_fail(ld, NULL, "jsonld.invalid-json-literal", "A literal of rdf:JSON is no JSON: %s",
                          why.detail);
    *ld->err = why;
    return false;
}

/* 2.5.3 */
static bool directed(cn_ld *ld, cn_slice tag, cn_json *result) {
    cn_slice language, direction;
    cn_slice_cut(tag, '_', &language, &direction);
    return (language.n == 0 || cn_ld_set_text(ld, result, CN_KW_LANGUAGE, language)) &&
           (direction.n == 0 || cn_ld_set_text(ld, result, CN_KW_DIRECTION, direction));
}

/* 2.5.2 to 2.7 */
static bool lexical(cn_ld *ld, const cn_term *term, cn_json *result) {
    cn_slice type = term->datatype;
    if (!ld->options->mode_1_0 && cn_slice_eq(type, CN_S(CN_RDF "JSON"))) return json_literal(ld, term, result);
    if (!cn_ld_set_text(ld, result, CN_KW_VALUE, term->value)) return false;
    if (ld->options->direction == CN_DIRECTION_I18N && cn_slice_starts(type, i18n))
        return directed(ld, cn_slice_from(type, i18n.n), result);
    if (term->language.n) return cn_ld_set_text(ld, result, CN_KW_LANGUAGE, term->language);
    return cn_slice_eq(type, CN_S(CN_XSD "string")) || cn_ld_set_text(ld, result, CN_KW_TYPE, type);
}

static bool blank_id(cn_ld *ld, cn_slice label, cn_slice *out) {
    return cn_arena_print(ld->a, out, "_:%.*s", CN_ARG(label)) || cn_ld_memory(ld);
}

bool cn_ld_rdf_to_object(cn_ld *ld, const cn_term *term, cn_json **out) {
    const cn_json *value = NULL;
    cn_slice id = term->value;
    if (!(*out = cn_json_object(ld->a))) return cn_ld_memory(ld);
    if (term->kind == CN_TERM_BLANK && !blank_id(ld, term->value, &id)) return false;
    if (term->kind != CN_TERM_LITERAL) return cn_ld_set_text(ld, *out, CN_KW_ID, id);
    if (!native(ld, term, &value)) return false;
    return value ? cn_ld_set(ld, *out, CN_KW_VALUE, value) : lexical(ld, term, *out);
}
