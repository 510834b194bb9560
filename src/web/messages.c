/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages: texts of web/locale with their arguments put in. tools/compile-messages makes the table; it has seen
 * to it that both languages have every message, with the same arguments.
 */
#include "web/html.h"

#include "base/base.h"

/* A language's table is rows of `forms` texts. */
static cn_slice text_of(cn_language language, cn_msg message, size_t form) {
    assert(message < cn_messages.n && form < cn_messages.forms);
    return cn_messages.texts[language][message * cn_messages.forms + form];
}

/* Of forms that are not there the last that is: a message without plural has one alone. */
cn_slice cn_message(cn_language language, cn_msg message) {
    size_t form = cn_messages.forms - 1;
    while (form && !text_of(language, message, form).n) form--;
    return text_of(language, message, form);
}

/* The order of the key against family.word.suffix, without writing that down. */
static int compare_key(const char *key, const cn_slice *parts, size_t n) {
    cn_slice rest = cn_slice_of(key);
    for (size_t i = 0; i < n; i++) {
        int order = cn_slice_cmp(cn_slice_sub(rest, 0, parts[i].n), parts[i]);
        if (order) return order;
        rest = cn_slice_from(rest, parts[i].n);
    }
    return rest.n ? 1 : 0;
}

bool cn_message_find(const char *family, cn_slice word, const char *suffix, cn_msg *out) {
    const cn_slice parts[] = {cn_slice_of(family), CN_S("."), word, CN_S("."), cn_slice_of(suffix)};
    size_t n = suffix ? 5 : 3;
    cn_msg from = 0, to = cn_messages.n;
    while (from < to) {
        cn_msg middle = from + (to - from) / 2;
        int order = compare_key(cn_messages.keys[middle], parts, n);
        if (order == 0) {
            *out = middle;
            return true;
        }
        if (order > 0) to = middle;
        else from = middle + 1;
    }
    return false;
}

cn_message_arg cn_message_arg_slice(cn_slice text) {
    return (cn_message_arg){.text = text};
}

cn_message_arg cn_message_arg_cstr(const char *text) {
    return (cn_message_arg){.text = cn_slice_of(text)};
}

cn_message_arg cn_message_arg_number(unsigned long long number) {
    return (cn_message_arg){.number = number, .is_number = true};
}

cn_message_arg cn_message_arg_signed(long long number) {
    unsigned long long size = number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
    return (cn_message_arg){.number = size, .is_number = true, .negative = number < 0};
}

/* 131,072 and, with a space that does not break, 131 072; four digits stay together. */
static void put_number(cn_buf *out, cn_language language, const cn_message_arg *arg) {
    static const cn_slice marks[CN_LANGUAGES] = {[CN_EN] = CN_S_INIT(","), [CN_FR] = CN_S_INIT("\u00a0")};
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%llu", arg->number);
    if (arg->negative) cn_buf_byte(out, '-');
    for (int i = 0; i < n; i++) {
        if (n > 4 && i && (n - i) % 3 == 0) cn_buf_add(out, marks[language]);
        cn_buf_byte(out, digits[i]);
    }
}

typedef void (*writer)(cn_html_out *o, cn_slice text);

static void plain(cn_html_out *o, cn_slice text) {
    cn_buf_add(o->out, text);
}

static void put_arg(cn_html_out *o, writer write, const cn_message_arg *arg) {
    if (arg->is_number) put_number(o->out, o->language, arg);
    else write(o, arg->text);
}

/* The text through `write`, its %1 to %9 replaced. */
static void put(cn_html_out *o, writer write, cn_slice text, size_t n, const cn_message_arg *args) {
    size_t done = 0;
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] != '%' || text.p[i + 1] < '1' || text.p[i + 1] > '9') continue;
        write(o, cn_slice_sub(text, done, i));
        size_t which = (size_t)(text.p[i + 1] - '1');
        if (which < n) put_arg(o, write, &args[which]);
        done = ++i + 1;
    }
    write(o, cn_slice_from(text, done));
}

static void put_plural(cn_html_out *o, writer write, cn_msg message, unsigned long long count, size_t n,
                       const cn_message_arg *args) {
    cn_message_arg all[9] = {cn_message_arg_number(count)};
    assert(n < 9);
    for (size_t i = 0; i < n; i++) all[i + 1] = args[i];
    put(o, write, text_of(o->language, message, cn_messages.plural[o->language](count)), n + 1, all);
}

void cn_message_plain(cn_buf *out, cn_language language, cn_msg message, size_t n, const cn_message_arg *args) {
    cn_html_out o = {.out = out, .language = language};
    put(&o, plain, cn_message(language, message), n, args);
}

void cn_message_plural(cn_buf *out, cn_language language, cn_msg message, unsigned long long count) {
    cn_html_out o = {.out = out, .language = language};
    put_plural(&o, plain, message, count, 0, NULL);
}

void cn_html_message_text(cn_html_out *o, cn_msg message, size_t n, const cn_message_arg *args) {
    put(o, cn_html_text, cn_message(o->language, message), n, args);
}

void cn_html_message_attribute(cn_html_out *o, cn_msg message, size_t n, const cn_message_arg *args) {
    put(o, cn_html_attribute, cn_message(o->language, message), n, args);
}

void cn_html_plural_text(cn_html_out *o, cn_msg message, unsigned long long count, size_t n,
                         const cn_message_arg *args) {
    put_plural(o, cn_html_text, message, count, n, args);
}

void cn_html_plural_attribute(cn_html_out *o, cn_msg message, unsigned long long count, size_t n,
                              const cn_message_arg *args) {
    put_plural(o, cn_html_attribute, message, count, n, args);
}
