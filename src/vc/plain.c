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
 *
 * What is read has a name of the list below, and so has all that it lies in, up to the credential itself. Only
 * there does a context that is written out have to leave those names what they are; the contexts of its own terms
 * ("@context" in a definition) hold within what these terms name, where nobody reads.
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

/* Every name by which the steps, the summary and the pages read a credential or a presentation, by its first
 * letter. */
static const cn_slice read_here['z' - 'a' + 1] = {
    ['a' - 'a'] = CN_S_INIT("achievedLevel achievement achievementType alignment"),
    ['c' - 'a'] = CN_S_INIT("caption challenge created creator credentialSchema credentialStatus "
                            "credentialSubject criteria cryptosuite"),
    ['d' - 'a'] = CN_S_INIT("description digestMultibase digestSRI domain"),
    ['e' - 'a'] = CN_S_INIT("encodedList endorsement endorsementComment endorsementJwt evidence "
                            "expirationDate expires"),
    ['h' - 'a'] = CN_S_INIT("hashed holder"),
    ['i' - 'a'] = CN_S_INIT("id identifier identityHash identityType image inLanguage issuanceDate issuer"),
    ['j' - 'a'] = CN_S_INIT("jsonSchema"),
    ['l' - 'a'] = CN_S_INIT("level"),
    ['m' - 'a'] = CN_S_INIT("message"),
    ['n' - 'a'] = CN_S_INIT("name narrative nonce"),
    ['p' - 'a'] = CN_S_INIT("previousProof proof proofPurpose proofValue"),
    ['r' - 'a'] = CN_S_INIT("relatedResource result resultDescription revocationReason revokedCredential "
                            "revokedCredentials rubricCriterionLevel"),
    ['s' - 'a'] = CN_S_INIT("source startsWith status statusListCredential statusListIndex statusMessage "
                            "statusPurpose statusReference statusSize"),
    ['t' - 'a'] = CN_S_INIT("tag targetCode targetDescription targetFramework targetName targetUrl ttl type"),
    ['u' - 'a'] = CN_S_INIT("url"),
    ['v' - 'a'] = CN_S_INIT("validFrom validUntil value verifiableCredential verificationMethod"),
};

static bool one_of(cn_slice text, const cn_slice *all, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (cn_slice_eq(text, all[i])) return true;
    return false;
}

static bool is_read(cn_slice name) {
    if (!name.n || name.p[0] < 'a' || name.p[0] > 'z') return false;
    for (cn_slice one, rest = read_here[name.p[0] - 'a']; rest.n;) {
        (void)cn_slice_cut(rest, ' ', &one, &rest);
        if (cn_slice_eq(one, name)) return true;
    }
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

/* What a name in a vocabulary stands behind. */
static bool parts_names(char c) {
    return c == '#' || c == '/' || c == ':';
}

/* A vocabulary that ends within a word would make another name of a term: "https://c.example/nick" and "name". */
static bool plain_vocabulary(const cn_json *v) {
    cn_slice iri = cn_json_text(v);
    return is_foreign(v) && parts_names(iri.p[iri.n - 1]);
}

static const cn_json *iri_of(const cn_json *definition) {
    return cn_json_is(definition, CN_JSON_OBJECT) ? cn_json_get(definition, CN_S("@id")) : definition;
}

/* The term stands for what bears its own name in some vocabulary: it reads as what it is. */
static bool own_name(cn_slice term, const cn_json *definition) {
    cn_slice iri = cn_json_text(iri_of(definition));
    return cn_slice_ends(iri, term) && iri.n > term.n && parts_names(iri.p[iri.n - term.n - 1]);
}

/* Keywords under the names that all contexts give them. */
static bool usual_alias(cn_slice term, const cn_json *definition) {
    cn_slice keyword = cn_json_text(definition);
    return (cn_slice_eq(term, CN_S("id")) && cn_slice_eq(keyword, CN_S("@id"))) ||
           (cn_slice_eq(term, CN_S("type")) && cn_slice_eq(keyword, CN_S("@type")));
}

static bool plain_iri(cn_slice term, const cn_json *definition) {
    return is_foreign(iri_of(definition)) ||
           (own_name(term, definition) && cn_slice_starts(cn_json_text(iri_of(definition)), CN_S("http")));
}

static bool plain_container(const cn_json *v) {
    static const cn_slice kinds[] = {CN_S_INIT("@set"), CN_S_INIT("@list"), CN_S_INIT("@language")};
    for (size_t i = 0; i < cn_json_many(v); i++)
        if (!one_of(cn_json_text(cn_json_one(v, i)), kinds, sizeof kinds / sizeof *kinds)) return false;
    return true;
}

static bool plain_scoped(const cn_json *v, bool where_read);

/* An expanded term definition with nothing that changes how other members are read, but for those within what a
 * term outside our vocabularies names. */
static bool plain_definition(cn_slice term, const cn_json *v, bool where_read) {
    static const cn_slice allowed[] = {CN_S_INIT("@id"),       CN_S_INIT("@type"),      CN_S_INIT("@container"),
                                       CN_S_INIT("@language"), CN_S_INIT("@direction"), CN_S_INIT("@protected"),
                                       CN_S_INIT("@context")};
    bool kept = !where_read || !is_read(term) || own_name(term, v);
    if (usual_alias(term, v)) return true;
    if (cn_json_is(v, CN_JSON_STRING)) return kept && plain_iri(term, v);
    for (size_t i = 0; i < cn_json_count(v); i++)
        if (v->type != CN_JSON_OBJECT || !one_of(v->object.v[i].key, allowed, sizeof allowed / sizeof *allowed))
            return false;
    const cn_json *scoped = cn_json_get(v, CN_S("@context"));
    return kept && plain_iri(term, v) && plain_container(cn_json_get(v, CN_S("@container"))) &&
           (!scoped || (is_foreign(iri_of(v)) && plain_scoped(scoped, where_read && is_read(term))));
}

/* `where_read`: it holds where members are read by name. */
static bool plain_context(const cn_json *v, bool where_read) {
    static const cn_slice harmless[] = {CN_S_INIT("@version"), CN_S_INIT("@protected"), CN_S_INIT("@language"),
                                        CN_S_INIT("@direction")};
    if (!cn_json_is(v, CN_JSON_OBJECT)) return false;
    for (size_t i = 0; i < cn_json_count(v); i++) {
        const cn_json_member *m = &v->object.v[i];
        if (one_of(m->key, harmless, sizeof harmless / sizeof *harmless)) continue;
        bool vocab = cn_slice_eq(m->key, CN_S("@vocab"));
        bool name = m->key.n && m->key.p[0] != '@' && cn_slice_find_byte(m->key, ':') == SIZE_MAX;
        if (!(vocab ? plain_vocabulary(m->value) : name && plain_definition(m->key, m->value, where_read)))
            return false;
    }
    return true;
}

/* A scoped context may do what a named one may not, such as take protection away: it is always written out. */
static bool plain_scoped(const cn_json *v, bool where_read) {
    for (size_t i = 0; i < cn_json_many(v); i++)
        if (!plain_context(cn_json_one(v, i), where_read)) return false;
    return true;
}

static bool plain_contexts(const cn_json *v, bool where_read) {
    for (size_t i = 0; i < cn_json_many(v); i++) {
        const cn_json *one = cn_json_one(v, i);
        if (!cn_json_is(one, CN_JSON_STRING) && !plain_context(one, where_read)) return false;
    }
    return true;
}

/* ---- Types that are not what they are called, or that bring names of their own ---- */

typedef struct form {
    cn_arena *arena;
    cn_map loose; /* terms of contexts written out that no type may have where members are read */
    cn_buf where;
    bool plain, full;
} form;

static void gather_terms(form *f, const cn_json *contexts) {
    for (size_t i = 0; i < cn_json_many(contexts); i++) {
        const cn_json *c = cn_json_one(contexts, i);
        for (size_t k = 0; cn_json_is(c, CN_JSON_OBJECT) && k < cn_json_count(c); k++) {
            const cn_json_member *m = &c->object.v[k];
            const cn_json *scoped = cn_json_get(m->value, CN_S("@context"));
            bool loose = !own_name(m->key, m->value) || (scoped && !plain_scoped(scoped, true));
            if (loose && !cn_map_at(f->arena, &f->loose, m->key)) f->full = true;
            gather_terms(f, scoped);
        }
    }
}

/* Recursion here and below is no deeper than what the JSON reader lets through. */
static void gather(form *f, const cn_json *v) {
    for (size_t i = 0; i < cn_json_count(v); i++) {
        const cn_json_member *m = v->type == CN_JSON_OBJECT ? &v->object.v[i] : NULL;
        if (m && cn_slice_eq(m->key, CN_S("@context"))) gather_terms(f, m->value);
        else gather(f, m ? m->value : cn_json_item(v, i));
    }
}

/* ---- The document ---- */

/* The full IRI of a type we read would leave the contexts aside that belong to the type's term. */
static bool plain_types(const form *f, const cn_json *v, bool where_read) {
    for (size_t i = 0; i < cn_json_many(v); i++) {
        const cn_json *type = cn_json_one(v, i);
        if (cn_slice_find_byte(cn_json_text(type), ':') != SIZE_MAX && !is_foreign(type)) return false;
        if (where_read && cn_map_has(&f->loose, cn_json_text(type))) return false;
    }
    return true;
}

/* Keywords stand in the value objects of texts alone. */
static bool plain_keyword(const cn_json *object, cn_slice key) {
    static const cn_slice of_values[] = {CN_S_INIT("@value"), CN_S_INIT("@language"), CN_S_INIT("@direction"),
                                         CN_S_INIT("@type")};
    return cn_json_get(object, CN_S("@value")) && one_of(key, of_values, sizeof of_values / sizeof *of_values);
}

static bool plain_member(const form *f, const cn_json *object, const cn_json_member *m, bool where_read) {
    if (cn_slice_eq(m->key, CN_S("@context"))) return plain_contexts(m->value, where_read);
    if (cn_slice_eq(m->key, CN_S("type"))) return plain_types(f, m->value, where_read);
    if (m->key.n && m->key.p[0] == '@') return plain_keyword(object, m->key);
    return cn_slice_find_byte(m->key, ':') == SIZE_MAX;
}

/* The place of the first member that is not in the usual form; `plain` stays true where there is none. */
static void look(form *f, const cn_spot *up, const cn_json *v, bool where_read) {
    for (size_t i = 0; f->plain && i < cn_json_count(v); i++) {
        const cn_json_member *m = v->type == CN_JSON_OBJECT ? &v->object.v[i] : NULL;
        const cn_json *value = m ? m->value : v->array.v[i];
        cn_spot at = {.up = up, .member = m, .index = i};
        f->plain = !m || plain_member(f, v, m, where_read);
        if (!f->plain) cn_spot_write(&f->where, &at);
        else if (cn_json_count(value) && !(m && cn_slice_eq(m->key, CN_S("@context"))))
            look(f, &at, value, where_read && (!m || is_read(m->key)));
    }
}

bool cn_vc_plain(cn_vc *v, cn_step *step) {
    form f = {.arena = v->arena, .where = cn_buf_on(v->arena, 0), .plain = true};
    gather(&f, v->credential);
    look(&f, NULL, v->credential, true);
    if (f.full || !cn_buf_ok(&f.where)) return cn_fail_memory(v->err);
    return f.plain ||
           cn_vc_find(v, step, CN_FAIL, "unusual-form", cn_buf_slice(&f.where),
                      "The credential is written in an unusual form, in which it can be made to look as if "
                      "it said something that was never signed; ask the issuer for it in the usual form.");
}
