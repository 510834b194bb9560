/* SPDX-License-Identifier: Apache-2.0
 *
 * Part of step "context": a digest that a credential gives for the URL of a built-in context
 * is that of the file as it was published (data model 2.0, section 5.3, "relatedResource"). Our own
 * copy may differ from it in white space, so it is not what is hashed. Other resources are left
 * alone: asking for them would tell somebody who is looking.
 */
#include "vc/internal.h"

typedef struct digest {
    const char *published; /* hex, or "" where it is not known */
    cn_slice given;        /* bytes; empty where the text is no digest of anything */
    bool no_memory;
} digest;

/* Subresource Integrity, 3.5: "sha384-BASE64", several parted by spaces; the first we can compare counts. */
static bool read_sri(cn_arena *a, cn_slice text, const cn_builtin_context *c, digest *out) {
    const struct {
        cn_slice prefix;
        const char *published;
    } kinds[] = {{CN_S("sha384-"), c->published_sha384}, {CN_S("sha256-"), c->published_sha256}};
    for (cn_slice one, rest = cn_slice_trim(text); rest.n;) {
        cn_err err;
        (void)cn_slice_cut(rest, ' ', &one, &rest);
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
            if (!cn_slice_starts(one, kinds[i].prefix)) continue;
            out->published = kinds[i].published;
            if (!cn_base64_read(a, CN_BASE64, cn_slice_from(one, kinds[i].prefix.n), &out->given, &err))
                out->no_memory = err.code == CN_LIMIT;
            return true;
        }
    }
    return false;
}

/* A multihash in multibase: code, length, digest (0x12: SHA-256, 0x20: SHA-384). */
static bool read_multibase(cn_arena *a, cn_slice text, const cn_builtin_context *c, digest *out) {
    cn_err err;
    cn_slice bytes;
    if (!cn_multibase_read(a, text, &bytes, &err)) return out->no_memory = err.code == CN_LIMIT;
    if (bytes.n < 2) return false;
    if (bytes.p[0] != 0x12 && bytes.p[0] != 0x20) return false;
    out->published = bytes.p[0] == 0x12 ? c->published_sha256 : c->published_sha384;
    out->given = cn_slice_from(bytes, 2);
    return true;
}

static bool matches(cn_arena *a, digest *d) {
    cn_buf hex = cn_buf_on(a, 0);
    cn_hex_write(&hex, d->given);
    d->no_memory = d->no_memory || !cn_buf_ok(&hex);
    return cn_slice_eq(cn_buf_slice(&hex), cn_slice_of(d->published));
}

static bool check(cn_vc *v, cn_step *step, const cn_json *resource, cn_slice where) {
    cn_slice id = cn_vc_id(resource), sri = cn_json_get_text(resource, CN_S("digestSRI"));
    const cn_builtin_context *c = cn_builtin_context_find(id);
    digest d = {0};
    if (!c) return true;
    cn_slice multibase = cn_json_get_text(resource, CN_S("digestMultibase"));
    if (!(sri.n && read_sri(v->arena, sri, c, &d)) && !read_multibase(v->arena, multibase, c, &d)) return true;
    bool same = d.no_memory || !*d.published || matches(v->arena, &d);
    if (d.no_memory) return cn_fail_memory(v->err);
    if (same) return true;
    return cn_vc_find_about(
        v, step, CN_FAIL, "resource-digest", where, id,
        "The credential was made with another \"%.*s\" than the published one that is used here, "
        "so its terms may mean something else; the issuer has to correct the digest.",
        CN_ARG(id));
}

bool cn_vc_related(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->document, CN_S("relatedResource"));
    for (size_t i = 0; i < cn_json_many(all); i++) {
        cn_slice where;
        if (!cn_vc_where_item(v, CN_S("/relatedResource"), all, i, &where)) return false;
        if (!check(v, step, cn_json_one(all, i), where)) return false;
    }
    return true;
}
