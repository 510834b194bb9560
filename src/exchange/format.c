/* SPDX-License-Identifier: Apache-2.0
 *
 * The formats: their templates, how a file of each is known, and the two functions of the door.
 */
#include "exchange/inside.h"
#include "exchange/formats.inc"

static const struct {
    const char *name, *media_type;
    cn_slice template;
} formats[CN_EXCHANGE_FORMATS] = {
    [CN_EXCHANGE_CAIRN] = {"cairn", "application/json", CN_S_INIT("")},
    [CN_EXCHANGE_OB3] = {"ob3", "application/ld+json", {(const char *)text_ob3, sizeof text_ob3}},
    [CN_EXCHANGE_CTDL] = {"ctdl", "application/ld+json", {(const char *)text_ctdl, sizeof text_ctdl}},
    [CN_EXCHANGE_CASE] = {"case", "application/json", {(const char *)text_case, sizeof text_case}},
    [CN_EXCHANGE_ELM] = {"elm", "application/ld+json", {(const char *)text_elm, sizeof text_elm}},
};

const char *cn_exchange_name(cn_exchange_format format) {
    return formats[format].name;
}

const char *cn_exchange_media_type(cn_exchange_format format) {
    return formats[format].media_type;
}

bool cn_exchange_named(cn_slice name, cn_exchange_format *out) {
    for (int i = 0; i < CN_EXCHANGE_FORMATS; i++)
        if (cn_slice_eq(cn_slice_of(formats[i].name), name)) return *out = (cn_exchange_format)i, true;
    return false;
}

/* ---- Templates ---- */

static const struct {
    cn_slice name;
    cn_ex_kind kind;
} directives[] = {
    {CN_S_INIT("$"), CN_EX_VALUE},      {CN_S_INIT("$each"), CN_EX_EACH},
    {CN_S_INIT("$print"), CN_EX_PRINT}, {CN_S_INIT("$uuid"), CN_EX_UUID},
    {CN_S_INIT("$is"), CN_EX_IS},       {CN_S_INIT("$use"), CN_EX_USE},
    {CN_S_INIT("$read"), CN_EX_READ},   {CN_S_INIT("$write"), CN_EX_WRITE},
    {CN_S_INIT("$skip"), CN_EX_SKIP},   {CN_S_INIT("$language"), CN_EX_LANGUAGE},
    {CN_S_INIT("$rest"), CN_EX_REST},
};

cn_ex_kind cn_ex_kind_of(const cn_json *template) {
    if (cn_json_is(template, CN_JSON_ARRAY)) return CN_EX_ARRAY;
    if (!cn_json_is(template, CN_JSON_OBJECT)) return CN_EX_CONSTANT;
    cn_slice first = cn_json_count(template) ? template->object.v[0].key : (cn_slice){0};
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (cn_slice_eq(directives[i].name, first)) return directives[i].kind;
    return CN_EX_OBJECT;
}

const cn_json *cn_ex_directive(const cn_json *template) {
    bool object = cn_json_is(template, CN_JSON_OBJECT) && cn_json_count(template);
    return object ? template->object.v[0].value : NULL;
}

/* Recursion is no deeper than the template. */
bool cn_ex_says(const cn_json *template) {
    cn_ex_kind kind = cn_ex_kind_of(template);
    if (kind == CN_EX_VALUE || kind == CN_EX_EACH || kind == CN_EX_USE || kind == CN_EX_READ) return true;
    for (size_t i = 0; kind == CN_EX_ARRAY && i < cn_json_count(template); i++)
        if (cn_ex_says(cn_json_item(template, i))) return true;
    for (size_t i = 0; kind == CN_EX_OBJECT && i < cn_json_count(template); i++)
        if (cn_ex_says(template->object.v[i].value)) return true;
    return false;
}

const cn_json *cn_ex_part(const cn_ex *x, const cn_json *use) {
    cn_slice name = cn_json_text(cn_ex_directive(use));
    const cn_json *part = cn_json_get(cn_json_get(x->format, CN_S("parts")), name);
    return part ? part : cn_json_get(x->format, name);
}

static bool open_format(cn_arena *a, cn_exchange_format format, cn_ex *out, cn_err *err) {
    *out = (cn_ex){.arena = a, .good = true};
    return cn_json_read(a, formats[format].template, NULL, &out->format, err);
}

/* ---- Building ---- */

const cn_json *cn_ex_made(cn_ex *x, const cn_json *value) {
    x->good = x->good && value;
    return x->good ? value : NULL;
}

void cn_ex_set(cn_ex *x, cn_json *object, cn_slice key, const cn_json *value) {
    x->good = x->good && object && cn_json_set(x->arena, object, key, value);
}

void cn_ex_push(cn_ex *x, cn_json *array, const cn_json *value) {
    x->good = x->good && array && value && cn_json_push(x->arena, array, value);
}

const cn_json *cn_ex_text(cn_ex *x, cn_slice text) {
    return cn_ex_made(x, cn_json_string(x->arena, text));
}

/* ---- Finding what a template is about ---- */

typedef struct search {
    const cn_json *wanted; /* {"type": …}, or {"member": …, "with": …}: an object in it has that text */
    cn_buf at;
    const cn_json *found;
} search;

enum { DEEPEST = 12 };

static bool is_wanted(const cn_json *wanted, const cn_json *object) {
    cn_slice member = cn_json_get_text(wanted, CN_S("member"));
    const cn_json *type = cn_json_get(object, CN_S("type"));
    if (member.n)
        return cn_json_get_text(cn_json_get(object, member), cn_json_get_text(wanted, CN_S("with"))).n > 0;
    if (!type) type = cn_json_get(object, CN_S("@type"));
    for (size_t i = 0; i < cn_json_many(type); i++)
        if (cn_json_is_string(cn_json_one(type, i), cn_json_get_text(wanted, CN_S("type")))) return true;
    return false;
}

/* In the file's order, outermost first. Recursion is no deeper than DEEPEST. */
static bool search_in(search *s, const cn_json *v, int depth) {
    bool object = cn_json_is(v, CN_JSON_OBJECT);
    if (object && is_wanted(s->wanted, v)) return s->found = v, true;
    for (size_t i = 0; depth < DEEPEST && i < cn_json_count(v); i++) {
        size_t before =
            object ? cn_json_pointer_key(&s->at, v->object.v[i].key) : cn_json_pointer_index(&s->at, i);
        if (search_in(s, object ? v->object.v[i].value : cn_json_item(v, i), depth + 1)) return true;
        cn_json_pointer_back(&s->at, before);
    }
    return false;
}

bool cn_ex_find(cn_ex *x, const cn_json *file, cn_ex_found *out) {
    const cn_json *all = cn_json_get(x->format, CN_S("read"));
    for (size_t i = 0; i < cn_json_count(all); i++) {
        search s = {.wanted = cn_json_item(all, i), .at = cn_buf_on(x->arena, 0)};
        if (!search_in(&s, file, 0)) continue;
        const cn_json *template = cn_json_get(s.wanted, CN_S("template"));
        *out = (cn_ex_found){s.found, template ? template : cn_json_get(x->format, CN_S("write")),
                             cn_buf_slice(&s.at)};
        return cn_buf_ok(&s.at);
    }
    return false;
}

/* ---- The door ---- */

bool cn_exchange_write(cn_arena *a, const cn_json *achievement, cn_exchange_format format, const cn_json **out,
                       cn_err *err) {
    cn_ex x = {.arena = a, .good = true};
    if (!cn_json_is(achievement, CN_JSON_OBJECT))
        return cn_fail(err, CN_INVALID, "exchange.achievement", "An achievement is a JSON object.");
    const cn_json *tidy = cn_ex_tidy(&x, achievement), *whole = tidy;
    if (format != CN_EXCHANGE_CAIRN) {
        cn_exchange_reading back = {.format = format};
        cn_ex_found found;
        if (!open_format(a, format, &x, err)) return false;
        whole = cn_ex_write(&x, tidy, NULL, &found);
        if (!x.good || !cn_ex_read(&x, whole, &found, &back)) return cn_fail_memory(err);
        const cn_json *rest = cn_ex_difference(&x, back.achievement, tidy);
        if (rest) whole = cn_ex_write(&x, tidy, rest, &found);
    }
    if (!x.good) return cn_fail_memory(err);
    *out = whole;
    return true;
}

/* Ours names itself; it has no template, for it is what the others are read into. */
static bool is_cairn(const cn_json *file) {
    return cn_json_is_string(cn_json_get(file, CN_S("cairn")), CN_S("achievement"));
}

bool cn_exchange_read(cn_arena *a, const cn_json *file, cn_exchange_reading *out, cn_err *err) {
    if (is_cairn(file)) {
        *out = (cn_exchange_reading){.format = CN_EXCHANGE_CAIRN, .achievement = file};
        return true;
    }
    for (int i = CN_EXCHANGE_CAIRN + 1; i < CN_EXCHANGE_FORMATS; i++) {
        cn_ex x;
        cn_ex_found found;
        cn_exchange_reading is = {.format = (cn_exchange_format)i};
        if (!open_format(a, is.format, &x, err)) return false;
        if (!cn_ex_find(&x, file, &found)) continue;
        if (!cn_ex_read(&x, file, &found, &is)) return cn_fail_memory(err);
        *out = is;
        return true;
    }
    return cn_fail(err, CN_UNSUPPORTED, "exchange.unknown",
                   "The file is no achievement in a format that is read here: Cairn, Open Badges 3.0, CTDL, CASE, "
                   "European Learning Model.");
}
