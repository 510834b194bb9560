/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading lists of known issuers, and looking issuers up in them (docs/registry.md).
 *
 * Terms of an entry: id; sameAs, further ids; name, legalName and alternateName, each a string, a language object
 * or a list of these; url. Whether the signer of a list may speak for anybody is the operator's decision, who
 * names the list.
 */
#include "vc/internal.h"
#include "vc/registry.h"
#include "vc/summary.h"

/* ---- Entries ---- */

static bool add_problem(cn_arena *a, cn_registry_list *list, cn_slice where, const char *text, cn_err *err) {
    cn_registry_problem problem = {.text = cn_slice_of(text)};
    if (!cn_arena_copy(a, where, &problem.where)) return cn_fail_memory(err);
    cn_registry_problem *v =
        cn_arena_grow(a, list->problems, list->problems_n, &list->problems_cap, list->problems_n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    list->problems = v;
    v[list->problems_n++] = problem;
    return true;
}

/* An http or https URL; empty for any other: it may become a link. */
static cn_slice link_of(const cn_json *entry) {
    cn_slice url = cn_json_get_text(entry, CN_S("url"));
    bool web = cn_slice_starts(url, CN_S("https://")) || cn_slice_starts(url, CN_S("http://"));
    return web && cn_vc_is_url(url) ? url : CN_S("");
}

/* What an entry lacks, in a sentence; NULL when it lacks nothing. */
static const char *fault_of(cn_slice id, const cn_json *entry) {
    if (!cn_vc_is_url(id)) return "This entry has no id that an issuer could have (a URL or DID).";
    if (!cn_slice_trim(cn_vc_label(cn_json_get(entry, CN_S("name")))).n) return "This entry has no name.";
    return NULL;
}

static bool add_entry(cn_arena *a, cn_registry_list *list, cn_slice id, const cn_json *entry, cn_err *err) {
    cn_registry_entry *v = cn_arena_grow(a, list->entries, list->n, &list->cap, list->n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    list->entries = v;
    v[list->n++] = (cn_registry_entry){entry, id, cn_vc_label(cn_json_get(entry, CN_S("name"))), link_of(entry)};
    return true;
}

/* ---- Signed lists ---- */

/* A signature over RDF covers what the terms mean and not how they are written: whoever passes a list on could,
 * with a context of his own, let one term stand for another. So contexts are named, all of them at the top. */
static bool contexts_are_named(const cn_json *credential) {
    const cn_json *contexts = cn_json_get(credential, CN_S("@context"));
    const cn_json *subjects = cn_json_get(credential, CN_S("credentialSubject"));
    for (size_t i = 0; i < cn_json_many(contexts); i++)
        if (!cn_json_is(cn_json_one(contexts, i), CN_JSON_STRING)) return false;
    for (size_t i = 0; i < cn_json_many(subjects); i++)
        if (cn_json_get(cn_json_one(subjects, i), CN_S("@context"))) return false;
    return true;
}

static bool add_subjects(cn_arena *a, cn_registry_list *list, const cn_json *subjects, cn_err *err) {
    for (size_t i = 0; i < cn_json_many(subjects); i++) {
        const cn_json *entry = cn_json_one(subjects, i);
        bool recognized = cn_vc_has_type(entry, CN_S("RecognizedEntity"));
        const char *fault = recognized ? fault_of(cn_vc_id(entry), entry) : "This entry is no RecognizedEntity.";
        char where[64];
        (void)snprintf(where, sizeof where, "/credentialSubject/%zu", i);
        if (fault ? !add_problem(a, list, cn_slice_of(where), fault, err)
                  : !add_entry(a, list, cn_vc_id(entry), entry, err))
            return false;
    }
    return true;
}

static bool refuse(const cn_report *r, cn_err *err) {
    cn_outcome worst = r->verdict == CN_NOT_VERIFIED ? CN_FAIL : CN_UNKNOWN;
    const cn_step *why = NULL;
    for (size_t i = 0; i < r->steps_n && !why; i++)
        if (r->steps[i].outcome == worst) why = &r->steps[i];
    assert(why);
    bool bad = worst == CN_FAIL;
    return cn_fail_at(err, bad ? CN_INVALID : CN_UNAVAILABLE, bad ? "registry.not-verified" : "registry.unknown",
                      why->where, "the list %s: step \"%s\" (%s): %.*s",
                      bad ? "is not verified" : "could not be verified", why->id, why->problem,
                      CN_ARG(why->detail));
}

/* The list as a value on the arena; what the verification needed is given back. */
static bool verified(cn_arena *a, cn_slice text, const cn_registry_options *o, const cn_json **out,
                     cn_slice *signer, cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(cn_arena_max(a));
    cn_verify_options how = *o->verify;
    cn_report report;
    cn_buf b = cn_buf_on(a, 0);
    how.registry = NULL;
    if (!cn_verify(scratch, text, &how, &report, err)) return false;
    if (report.verdict != CN_VERIFIED) return cn_always_false(refuse(&report, err));
    if (o->signer.n && !cn_slice_eq(o->signer, report.controller))
        return cn_fail(err, CN_INVALID, "registry.signer", "the list was signed by \"%.*s\", not by \"%.*s\".",
                       CN_ARG(report.controller), CN_ARG(o->signer));
    cn_json_write(&b, report.credential);
    if (!cn_buf_ok(&b) || !cn_arena_copy(a, report.controller, signer)) return cn_fail_memory(err);
    return cn_json_read(a, cn_buf_slice(&b), NULL, out, err);
}

static bool read_signed(cn_arena *a, cn_slice text, const cn_registry_options *o, cn_registry_list *list,
                        cn_err *err) {
    const cn_json *c;
    if (!verified(a, text, o, &c, &list->signer, err)) return false;
    if (!cn_vc_has_type(c, CN_S("RecognizedEntityCredential")))
        return cn_fail_at(err, CN_INVALID, "registry.form", CN_S("/type"),
                          "this is a credential, but no list of issuers: it is no RecognizedEntityCredential.");
    if (!contexts_are_named(c))
        return cn_fail_at(
            err, CN_INVALID, "registry.form", CN_S("/@context"),
            "a list names its contexts by URL, at its top; one that is written out could change what "
            "the terms mean.");
    cn_slice names[] = {cn_vc_label(cn_json_get(c, CN_S("name"))),
                        cn_vc_label(cn_json_get(cn_json_get(c, CN_S("issuer")), CN_S("name"))), o->name,
                        list->signer};
    for (size_t i = 0; !list->name.n && i < sizeof names / sizeof names[0]; i++) list->name = names[i];
    list->valid_from = cn_json_get_text(c, CN_S("validFrom"));
    list->valid_until = cn_json_get_text(c, CN_S("validUntil"));
    return add_subjects(a, list, cn_json_get(c, CN_S("credentialSubject")), err);
}

/* ---- Unsigned lists ---- */

static bool add_fault(cn_arena *a, cn_registry_list *list, cn_slice id, const char *fault, cn_err *err) {
    cn_buf where = cn_buf_on(a, 0);
    cn_buf_add(&where, CN_S("/registry"));
    cn_json_pointer_key(&where, id);
    return cn_buf_ok(&where) ? add_problem(a, list, cn_buf_slice(&where), fault, err) : cn_fail_memory(err);
}

/* {"registry": {ID: {"name", "url", …}}}, as the Digital Credentials Consortium keeps them. */
static bool read_unsigned(cn_arena *a, const cn_json *issuers, const cn_registry_options *o,
                          cn_registry_list *list, cn_err *err) {
    list->name = o->name;
    for (size_t i = 0; i < issuers->object.n; i++) {
        const cn_json_member *m = &issuers->object.v[i];
        const char *fault = fault_of(m->key, m->value);
        if (fault ? !add_fault(a, list, m->key, fault, err) : !add_entry(a, list, m->key, m->value, err))
            return false;
    }
    return true;
}

/* Credentials are no such list: they have no "registry" at the top. NULL for anything else. */
static bool find_unsigned(cn_arena *a, cn_slice text, cn_json_options how, const cn_json **out, cn_err *err) {
    const cn_json *v;
    *out = NULL;
    if (!cn_slice_starts(cn_slice_trim(text), CN_S("{"))) return true;
    if (!cn_json_read(a, text, &how, &v, err)) return false;
    const cn_json *issuers = cn_json_get(v, CN_S("registry"));
    if (cn_json_is(issuers, CN_JSON_OBJECT)) *out = issuers;
    return true;
}

bool cn_registry_read(cn_arena *a, cn_slice text, const cn_registry_options *o, cn_registry_list *out,
                      cn_err *err) {
    cn_registry_list list = {0};
    const cn_json *issuers = NULL;
    if (o->unsigned_too && !find_unsigned(a, text, (cn_json_options){.refuse_duplicates = true}, &issuers, err))
        return false;
    if (issuers && o->signer.n)
        return cn_fail(err, CN_INVALID, "registry.signer", "nobody has signed the list, so \"%.*s\" has not.",
                       CN_ARG(o->signer));
    bool good = issuers ? read_unsigned(a, issuers, o, &list, err) : read_signed(a, text, o, &list, err);
    if (good) *out = list;
    return good;
}

/* ---- Looking up ---- */

typedef struct known {
    const cn_registry_list *list;
    const cn_registry_entry *entry;
} known;

/* Who bears a name; more than one may. */
typedef struct bearer {
    struct bearer *next;
    const cn_registry_entry *entry;
} bearer;

typedef struct directory {
    cn_map by_id;   /* known */
    cn_map by_name; /* by skeleton: bearer */
} directory;

static bool add_id(cn_arena *a, directory *x, cn_slice id, known *who) {
    if (!id.n) return true;
    cn_map_entry *at = cn_map_at(a, &x->by_id, id);
    if (at && !at->value) at->value = who;
    return at;
}

static bool add_name(cn_arena *a, directory *x, cn_slice name, const cn_registry_entry *entry) {
    cn_buf b = cn_buf_on(a, 0);
    cn_name_skeleton(&b, name);
    if (!cn_buf_ok(&b)) return false;
    if (!b.n) return true;
    cn_map_entry *at = cn_map_at(a, &x->by_name, cn_buf_slice(&b));
    bearer *one = at ? CN_NEW(a, bearer) : NULL;
    if (!one) return false;
    *one = (bearer){at->value, entry};
    at->value = one;
    return true;
}

static bool add_names(cn_arena *a, directory *x, const cn_registry_entry *entry) {
    static const cn_slice naming[] = {CN_S_INIT("name"), CN_S_INIT("legalName"), CN_S_INIT("alternateName")};
    for (size_t k = 0; k < sizeof naming / sizeof naming[0]; k++) {
        const cn_json *names = cn_json_get(entry->entry, naming[k]);
        for (size_t i = 0; i < cn_json_many(names); i++)
            if (!add_name(a, x, cn_text_value(cn_json_one(names, i)), entry)) return false;
    }
    return true;
}

static bool add_known(cn_arena *a, directory *x, const cn_registry_list *list, const cn_registry_entry *entry) {
    known *who = CN_NEW(a, known);
    if (!who) return false;
    *who = (known){list, entry};
    return add_id(a, x, entry->id, who) && add_names(a, x, entry);
}

/* The further ids of an entry lead to whom its id leads. */
static bool add_same(cn_arena *a, directory *x, const cn_registry_entry *entry) {
    const cn_json *same = cn_json_get(entry->entry, CN_S("sameAs"));
    known *who = cn_map_get(&x->by_id, entry->id);
    for (size_t i = 0; i < cn_json_many(same); i++)
        if (!add_id(a, x, cn_vc_id(cn_json_one(same, i)), who)) return false;
    return true;
}

/* Registered for somebody, and not for the one whom the id finds. */
static bool is_anothers(cn_arena *a, const directory *x, cn_slice name, const known *who, bool *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    cn_name_skeleton(&b, name);
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    const bearer *one = b.n ? cn_map_get(&x->by_name, cn_buf_slice(&b)) : NULL;
    *out = one != NULL;
    for (; one && who; one = one->next)
        if (cn_map_get(&x->by_id, one->entry->id) == who) *out = false;
    return true;
}

cn_slice cn_known_issuer_name(const cn_known_issuer *who, cn_slice language) {
    for (size_t i = 0; language.n && i < cn_json_many(who->names); i++) {
        const cn_json *name = cn_json_one(who->names, i);
        cn_slice tag, region;
        (void)cn_slice_cut(cn_json_get_text(name, CN_S("@language")), '-', &tag, &region);
        if (cn_slice_eq_nocase(tag, language) && cn_text_value(name).n) return cn_text_value(name);
    }
    return who->name;
}

static bool find(void *self, cn_arena *a, cn_slice issuer_id, cn_slice claimed_name, bool *found,
                 cn_known_issuer *out, bool *imposes, cn_err *err) {
    const directory *x = self;
    const known *who = cn_map_get(&x->by_id, issuer_id);
    bool others;
    if (!is_anothers(a, x, claimed_name, who, &others, err)) return false;
    *found = who != NULL;
    *imposes = others;
    if (who)
        *out = (cn_known_issuer){.name = who->entry->name,
                                 .names = cn_json_get(who->entry->entry, CN_S("name")),
                                 .list = who->list->name,
                                 .url = who->entry->url};
    return true;
}

bool cn_registry_join(cn_arena *a, const cn_registry_list *lists, size_t n, cn_registry *out, cn_err *err) {
    directory *x = CN_NEW(a, directory);
    if (!x) return cn_fail_memory(err);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < lists[i].n; k++)
            if (!add_known(a, x, &lists[i], &lists[i].entries[k])) return cn_fail_memory(err);
    /* Afterwards, so that no further id takes the place of somebody's own. */
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < lists[i].n; k++)
            if (!add_same(a, x, &lists[i].entries[k])) return cn_fail_memory(err);
    *out = (cn_registry){.self = x, .find = find};
    return true;
}
