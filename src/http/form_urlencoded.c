/* SPDX-License-Identifier: Apache-2.0
 *
 * application/x-www-form-urlencoded (WHATWG URL, 5.1), but strict: where the standard would put
 * replacement characters, a broken escape or broken UTF-8 is refused.
 */
#include "http/inside.h"

enum { MAX_FIELDS = 256 };

static bool add(cn_arena *a, cn_form *form, cn_slice pair, cn_err *err) {
    cn_slice name, value;
    (void)cn_slice_cut(pair, '=', &name, &value);
    if (form->n == MAX_FIELDS)
        return cn_fail(err, CN_LIMIT, "form.parts", "The form has more than %d fields.", MAX_FIELDS);
    if (!cn_percent_decode(a, name, true, &name, err) || !cn_percent_decode(a, value, true, &value, err)) {
        if (err->code != CN_INVALID) return false;
        bool escape = !strcmp(err->id, "http.percent");
        return cn_fail(err, CN_INVALID, escape ? "form.percent" : "form.utf8", "A field of the form is %s.",
                       escape ? "not escaped as forms are" : "no UTF-8 text");
    }
    cn_form_part *v = cn_arena_grow(a, form->v, form->n, &form->cap, form->n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    form->v = v;
    v[form->n++] = (cn_form_part){.name = name, .value = value};
    return true;
}

bool cn_form_read_urlencoded(cn_arena *a, cn_slice body, cn_form *out, cn_err *err) {
    cn_form form = {0};
    while (body.n) {
        cn_slice pair;
        (void)cn_slice_cut(body, '&', &pair, &body);
        if (pair.n && !add(a, &form, pair, err)) return false;
    }
    *out = form;
    return true;
}
