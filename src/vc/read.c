/* SPDX-License-Identifier: Apache-2.0
 *
 * Step "read": bytes to one credential. An envelope is what a credential may
 * come in; each has a recogniser and an opener, and is a row of the table below.
 */
#include "vc/bake.h"
#include "vc/internal.h"

/* Which word of ours says what the JSON reader refused; anything else is "not-json". */
static const char *json_problem(const cn_err *err) {
    static const struct {
        const char *id, *problem;
    } words[] = {
        {"json.duplicate-key", "duplicate-key"},
        {"json.depth", "too-deep"},
        {"json.size", "too-large"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strcmp(err->id, words[i].id)) return words[i].problem;
    return "not-json";
}

static bool looks_like_json(cn_slice input) {
    cn_slice text = cn_slice_trim(input);
    return text.n && text.p[0] == '{';
}

bool cn_vc_read_object(cn_vc *v, cn_step *step, cn_slice text, const cn_json **out) {
    cn_json_options strict = {.refuse_duplicates = true};
    const cn_json *value;
    cn_err err;
    *out = NULL;
    if (!cn_json_read(v->arena, text, &strict, &value, &err)) {
        if (cn_vc_fatal(v, &err)) return false;
        return cn_vc_find(v, step, CN_FAIL, json_problem(&err), cn_slice_of(err.where),
                          "This is not the JSON text of a credential: %s", err.detail);
    }
    return cn_vc_take_object(v, step, value, out);
}

bool cn_vc_take_object(cn_vc *v, cn_step *step, const cn_json *value, const cn_json **out) {
    *out = NULL;
    if (!cn_json_is(value, CN_JSON_OBJECT))
        return cn_vc_find(v, step, CN_FAIL, "not-a-credential", CN_S(""),
                          "This is JSON, but a credential is a JSON object and this is none; "
                          "choose the file your issuer gave you.");
    *out = value;
    return true;
}

static bool open_json(cn_vc *v, cn_slice input, cn_step *step) {
    const cn_json *object;
    if (!cn_vc_read_object(v, step, input, &object)) return false;
    if (object && cn_ob2_recognise(object)) return cn_ob2_open(v, object, NULL);
    return !object || cn_vc_open_object(v, object, step);
}

static bool open_picture(cn_vc *v, cn_slice input, cn_step *step) {
    cn_slice format, payload;
    cn_err err;
    if (cn_unbake(v->arena, input, &format, &payload, &err))
        return cn_ob2_is_address(payload) ? cn_ob2_open_address(v, payload) : cn_vc_open_inside(v, payload, step);
    if (cn_vc_fatal(v, &err)) return false;
    return cn_vc_find(v, step, CN_FAIL, err.id, cn_slice_of(err.where), "%s", err.detail);
}

static const cn_envelope envelopes[] = {
    {CN_S_INIT("json"), looks_like_json, open_json, false},
    {CN_S_INIT("sd-jwt"), cn_sd_jwt_recognise, cn_jwt_open, false},
    {CN_S_INIT("jwt"), cn_jwt_recognise, cn_jwt_open, false},
    {CN_S_INIT("png"), cn_is_png, open_picture, true},
    {CN_S_INIT("svg"), cn_is_svg, open_picture, true},
    {CN_S_INIT(""), cn_is_other_picture, open_picture, true},
};

bool cn_vc_open_inside(cn_vc *v, cn_slice payload, cn_step *step) {
    for (size_t i = 0; i < sizeof envelopes / sizeof envelopes[0]; i++)
        if (!envelopes[i].picture && envelopes[i].recognise(payload)) return envelopes[i].open(v, payload, step);
    return open_json(v, payload, step);
}

/* RFC 8259, 8.1: a byte order mark may be ignored. Only here, in front of what somebody's editor has saved: the
 * reader of JSON takes none. Places are counted behind it. */
static cn_slice without_mark(cn_slice input) {
    static const cn_slice mark = CN_S_INIT("\xef\xbb\xbf");
    return cn_slice_starts(input, mark) ? cn_slice_from(input, mark.n) : input;
}

/* By its mark, or by how an object or a token would begin. */
static bool is_utf16(cn_slice input) {
    if (input.n < 2) return false;
    char a = input.p[0], b = input.p[1], seen = a ? a : b;
    return cn_slice_starts(input, CN_S("\xff\xfe")) || cn_slice_starts(input, CN_S("\xfe\xff")) ||
           ((!a || !b) && (seen == '{' || seen == 'e'));
}

static bool find_utf16(cn_vc *v, cn_step *step) {
    return cn_vc_find(v, step, CN_FAIL, "utf-16", CN_S("byte 0"),
                      "This text is saved as UTF-16; save it as UTF-8, which does its signature no harm.");
}

bool cn_step_read(cn_vc *v, cn_slice input, cn_step *step) {
    if (is_utf16(input) && !cn_is_svg(input)) return find_utf16(v, step);
    cn_slice text = without_mark(input);
    for (size_t i = 0; i < sizeof envelopes / sizeof envelopes[0]; i++) {
        cn_slice bytes = envelopes[i].picture ? input : text;
        if (!envelopes[i].recognise(bytes)) continue;
        v->report.format = envelopes[i].format;
        return envelopes[i].open(v, bytes, step);
    }
    if (!cn_slice_trim(text).n)
        return cn_vc_find(v, step, CN_FAIL, "empty", CN_S("byte 0"),
                          "There is nothing here to verify; choose the file your issuer gave you.");
    /* Nothing we know: the JSON reader says at which byte it stops making sense. */
    return open_json(v, text, step);
}
