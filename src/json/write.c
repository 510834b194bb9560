/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing JSON: on one line, or with line breaks. Strings and numbers are written
 * as ECMAScript's JSON.stringify does, which RFC 8785, 3.2.2 asks for.
 */
#include "json/json.h"
#include "json/plain.h"

typedef struct writer {
    cn_buf *b;
    bool pretty;
} writer;

static void write_value(const writer *w, const cn_json *v, size_t depth);

/* RFC 8785, 3.2.2.2: the short escape where there is one, otherwise small hexadecimal digits. */
static void write_escape(cn_buf *b, char c) {
    static const char letters[0x60] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};
    static const char digits[] = "0123456789abcdef";
    char letter = letters[(uint8_t)c];
    char text[6] = {'\\', letter ? letter : 'u', '0', '0', digits[(uint8_t)c >> 4], digits[(uint8_t)c & 15]};
    cn_buf_add(b, cn_slice_bytes(text, letter ? 2 : 6));
}

void cn_json_write_string(cn_buf *b, cn_slice text) {
    cn_buf_byte(b, '"');
    for (size_t i = 0; i < text.n;) {
        size_t end = cn_json_plain_end(text, i);
        cn_buf_add(b, cn_slice_sub(text, i, end));
        if (end < text.n) write_escape(b, text.p[end++]);
        i = end;
    }
    cn_buf_byte(b, '"');
}

static void write_number(cn_buf *b, double v) {
    char text[CN_NUMBER_MAX];
    cn_buf_add(b, cn_slice_bytes(text, cn_number_write(v, text)));
}

static void line_break(const writer *w, size_t depth) {
    if (!w->pretty) return;
    cn_buf_byte(w->b, '\n');
    for (size_t i = 0; i < depth; i++) cn_buf_add(w->b, CN_S("  "));
}

static void write_array(const writer *w, const cn_json *v, size_t depth) {
    cn_buf_byte(w->b, '[');
    for (size_t i = 0; i < v->array.n; i++) {
        if (i) cn_buf_byte(w->b, ',');
        line_break(w, depth + 1);
        write_value(w, v->array.v[i], depth + 1);
    }
    if (v->array.n) line_break(w, depth);
    cn_buf_byte(w->b, ']');
}

static void write_object(const writer *w, const cn_json *v, size_t depth) {
    cn_buf_byte(w->b, '{');
    for (size_t i = 0; i < v->object.n; i++) {
        if (i) cn_buf_byte(w->b, ',');
        line_break(w, depth + 1);
        cn_json_write_string(w->b, v->object.v[i].key);
        cn_buf_add(w->b, w->pretty ? CN_S(": ") : CN_S(":"));
        write_value(w, v->object.v[i].value, depth + 1);
    }
    if (v->object.n) line_break(w, depth);
    cn_buf_byte(w->b, '}');
}

static void write_value(const writer *w, const cn_json *v, size_t depth) {
    if (depth > CN_JSON_DEEPEST) w->b->full = true;
    if (w->b->full) return;
    switch (v->type) {
    case CN_JSON_NULL: cn_buf_add(w->b, CN_S("null")); break;
    case CN_JSON_FALSE: cn_buf_add(w->b, CN_S("false")); break;
    case CN_JSON_TRUE: cn_buf_add(w->b, CN_S("true")); break;
    case CN_JSON_NUMBER: write_number(w->b, v->number); break;
    case CN_JSON_STRING: cn_json_write_string(w->b, v->string); break;
    case CN_JSON_ARRAY: write_array(w, v, depth); break;
    case CN_JSON_OBJECT: write_object(w, v, depth); break;
    }
}

void cn_json_write(cn_buf *b, const cn_json *v) {
    write_value(&(writer){b, false}, v, 0);
}

void cn_json_write_pretty(cn_buf *b, const cn_json *v) {
    write_value(&(writer){b, true}, v, 0);
}
