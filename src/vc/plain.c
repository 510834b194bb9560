/* SPDX-License-Identifier: Apache-2.0
 *
 * Part of step "context": the credential is written so that reading it by the names of its members gives what
 * was signed.
 *
 * A signature over RDF covers statements, not how they are written. Whoever holds a credential can write it
 * anew: under terms of a context of their own, with full IRIs for names, with keywords that hide a member or make
 * one that states nothing ("@index"). The signature stays good while the pages, and the steps that look for a date
 * or a status, would read something else. So the usual form is asked for: names are terms of named contexts, or of
 * a context written out in the credential that only adds plain terms outside the vocabularies read here. Anything
 * else is not called forged, and not called verified either.
 */
#include "vc/internal.h"

/* What steps and pages read; no term of a written-out context may stand for any of it. */
static const cn_slice vocabularies[] = {
    CN_S_INIT("https://www.w3.org/2018/credentials#"),
    CN_S_INIT("https://w3id.org/security#"),
    CN_S_INIT("https://purl.imsglobal.org/spec/vc/ob/vocab.html#"),
    CN_S_INIT("https://purl.imsglobal.org/spec/vc/clr/vocab.html#"),
    CN_S_INIT("http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    CN_S_INIT("http://purl.org/dc/terms/created"),
    CN_S_INIT("https://schema.org/name"),
    CN_S_INIT("https://schema.org/description"),
    CN_S_INIT("https://schema.org/image"),
};

static bool one_of(cn_slice text, const cn_slice *all, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (cn_slice_eq(text, all[i])) return true;
    return false;
}

/* ---- Contexts that are written out ---- */

/* An absolute IRI that neither lies in a guarded vocabulary nor could be lengthened to one (as a prefix or as
 * "@vocab"). */
static bool is_foreign(const cn_json *v) {
    cn_slice iri = cn_json_text(v);
    bool absolute = cn_slice_starts(iri, CN_S("https://")) || cn_slice_starts(iri, CN_S("http://")) ||
                    cn_slice_starts(iri, CN_S("urn:"));
    for (size_t i = 0; i < sizeof vocabularies / sizeof *vocabularies; i++)
        if (cn_slice_starts(iri, vocabularies[i]) || cn_slice_starts(vocabularies[i], iri)) return false;
    return absolute;
}

/* A term may stand for what bears its own name in a vocabulary: it reads as what it is. */
static bool plain_iri(cn_slice term, const cn_json *v) {
    cn_slice iri = cn_json_text(v);
    if (is_foreign(v)) return true;
    char before = cn_slice_ends(iri, term) && iri.n > term.n ? iri.p[iri.n - term.n - 1] : 0;
    return cn_slice_starts(iri, CN_S("http")) && (before == '#' || before == '/');
}

static bool plain_container(const cn_json *v) {
    static const cn_slice kinds[] = {CN_S_INIT("@set"), CN_S_INIT("@list"), CN_S_INIT("@language")};
    for (size_t i = 0; i < cn_json_many(v); i++)
        if (!one_of(cn_json_text(cn_json_one(v, i)), kinds, sizeof kinds / sizeof *kinds)) return false;
    return true;
}

/* An expanded term definition with nothing that changes how other members are read. */
static bool plain_definition(cn_slice term, const cn_json *v) {
    static const cn_slice allowed[] = {CN_S_INIT("@id"),       CN_S_INIT("@type"),      CN_S_INIT("@container"),
                                       CN_S_INIT("@language"), CN_S_INIT("@direction"), CN_S_INIT("@protected")};
    if (cn_json_is(v, CN_JSON_STRING)) return plain_iri(term, v);
    if (!cn_json_is(v, CN_JSON_OBJECT)) return false;
    for (size_t i = 0; i < cn_json_count(v); i++)
        if (!one_of(v->object.v[i].key, allowed, sizeof allowed / sizeof *allowed)) return false;
    return plain_iri(term, cn_json_get(v, CN_S("@id"))) && plain_container(cn_json_get(v, CN_S("@container")));
}

static bool plain_context(const cn_json *v) {
    static const cn_slice harmless[] = {CN_S_INIT("@version"), CN_S_INIT("@protected"), CN_S_INIT("@language"),
                                        CN_S_INIT("@direction")};
    if (cn_json_is(v, CN_JSON_STRING)) return true;
    if (!cn_json_is(v, CN_JSON_OBJECT)) return false;
    for (size_t i = 0; i < cn_json_count(v); i++) {
        const cn_json_member *m = &v->object.v[i];
        if (one_of(m->key, harmless, sizeof harmless / sizeof *harmless)) continue;
        bool vocab = cn_slice_eq(m->key, CN_S("@vocab"));
        bool name = m->key.n && m->key.p[0] != '@' && cn_slice_find_byte(m->key, ':') == SIZE_MAX;
        if (!(vocab ? is_foreign(m->value) : name && plain_definition(m->key, m->value))) return false;
    }
    return true;
}

/* ---- The document ---- */

static bool plain_contexts(const cn_json *v) {
    for (size_t i = 0; i < cn_json_many(v); i++)
        if (!plain_context(cn_json_one(v, i))) return false;
    return true;
}

/* The full IRI of a type we read would leave the contexts aside that belong to the type's term. */
static bool plain_types(const cn_json *v) {
    for (size_t i = 0; i < cn_json_many(v); i++) {
        const cn_json *type = cn_json_one(v, i);
        if (cn_slice_find_byte(cn_json_text(type), ':') != SIZE_MAX && !is_foreign(type)) return false;
    }
    return true;
}

/* Keywords stand in the value objects of texts alone. */
static bool plain_keyword(const cn_json *object, cn_slice key) {
    static const cn_slice of_values[] = {CN_S_INIT("@value"), CN_S_INIT("@language"), CN_S_INIT("@direction"),
                                         CN_S_INIT("@type")};
    return cn_json_get(object, CN_S("@value")) && one_of(key, of_values, sizeof of_values / sizeof *of_values);
}

static bool plain_member(const cn_json *object, const cn_json_member *m) {
    if (cn_slice_eq(m->key, CN_S("@context"))) return plain_contexts(m->value);
    if (cn_slice_eq(m->key, CN_S("type"))) return plain_types(m->value);
    if (m->key.n && m->key.p[0] == '@') return plain_keyword(object, m->key);
    return cn_slice_find_byte(m->key, ':') == SIZE_MAX;
}

/* The place of the first member that is not in the usual form; *plain stays true where there is none. Recursion is
 * no deeper than what the JSON reader lets through. */
static void look(const cn_json *v, cn_buf *where, bool *plain) {
    size_t n = where->n;
    for (size_t i = 0; *plain && i < cn_json_count(v); i++) {
        bool object = v->type == CN_JSON_OBJECT;
        const cn_json_member *m = object ? &v->object.v[i] : NULL;
        if (object) cn_json_pointer_key(where, m->key);
        else cn_json_pointer_index(where, i);
        *plain = !object || plain_member(v, m);
        if (*plain && !(object && cn_slice_eq(m->key, CN_S("@context"))))
            look(object ? m->value : cn_json_item(v, i), where, plain);
        if (*plain) where->n = n;
    }
}

bool cn_vc_plain(cn_vc *v, cn_step *step) {
    cn_buf where = cn_buf_on(v->arena, 0);
    bool plain = true;
    look(v->credential, &where, &plain);
    if (!cn_buf_ok(&where)) return cn_fail_memory(v->err);
    return plain ||
           cn_vc_find(v, step, CN_FAIL, "unusual-form", cn_buf_slice(&where),
                      "The credential is written in an unusual form, in which it can be made to look as if "
                      "it said something that was never signed; ask the issuer for it in the usual form.");
}
