/* SPDX-License-Identifier: Apache-2.0
 *
 * Designs to start from (data/templates), built in.
 */
#include "app/design.h"

#include "templates.inc"

static cn_bilingual both(const cn_json *v, cn_slice member) {
    const cn_json *text = cn_json_get(v, member);
    return (cn_bilingual){cn_json_get_text(text, CN_S("en")), cn_json_get_text(text, CN_S("fr"))};
}

static bool read_template(cn_arena *a, cn_slice text, cn_design_template *out, cn_err *err) {
    cn_blank_problems problems;
    const cn_json *v;
    if (!cn_json_read(a, text, NULL, &v, err)) return false;
    *out = (cn_design_template){
        .id = cn_json_get_text(v, CN_S("id")), .title = both(v, CN_S("title")), .text = both(v, CN_S("text"))};
    if (!cn_blanks_read(a, cn_design_fields, cn_json_get(v, CN_S("design")), CN_S("en"), &out->design, &problems,
                        err))
        return false;
    assert(!problems.n);
    return true;
}

bool cn_design_templates_all(cn_arena *a, cn_design_templates *out, cn_err *err) {
    size_t n = sizeof text_templates / sizeof *text_templates;
    cn_design_templates all = {.v = CN_NEW_ARRAY(a, cn_design_template, n)};
    if (!all.v) return cn_fail_memory(err);
    for (; all.n < n; all.n++)
        if (!read_template(a, cn_slice_bytes(text_templates[all.n].body, text_templates[all.n].n), &all.v[all.n],
                           err))
            return false;
    *out = all;
    return true;
}
