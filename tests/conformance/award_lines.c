/* SPDX-License-Identifier: Apache-2.0
 *
 * The signed form, for award_node.mjs and other programs to judge: one JSON object a line,
 * {"name", "document"} for awards and {"name", "list", "url"} for their status lists, signed with a key made from
 * a fixed seed.
 */
#include "app/form.h"
#include "jsonld/jsonld.h"

#include "base/base.h"

#define SALT "c2FsdCBvZiBhIHRlc3QgMQ"

static const cn_slice outcomes_en[] = {CN_S_INIT("Record transactions in a journal"),
                                       CN_S_INIT("Reconcile a bank statement")};
static const cn_slice outcomes_fr[] = {CN_S_INIT("Passer des écritures au journal"),
                                       CN_S_INIT("Effectuer un rapprochement bancaire")};

static const char design[] =
    "{\"credits\":[{\"system\":\"ECTS\",\"value\":3.125}],\"classification\":{\"cip\":\"52.0302\","
    "\"noc\":[\"12200\",\"12200\"]},\"competencies\":["
    "{\"framework\":\"ESCO\",\"uri\":\"http://data.europa.eu/esco/skill/1\",\"code\":\"S1\","
    "\"label\":{\"en\":\"keep books\",\"fr\":\"tenir des livres\"}},"
    "{\"uri\":\"https://college.example/skills/2\",\"label\":{\"fr\":\"classer\"}},"
    "{\"uri\":\"no address\",\"label\":{\"en\":\"left out\",\"fr\":\"omis\"}}],"
    "\"source\":{\"achievement\":\"https://other.example/achievements/Q/versions/7\",\"version\":7}}";

static cn_form_award whole(void) {
    return (cn_form_award){
        .origin = CN_S("https://cairn.example"),
        .id = CN_S("q83vEjRWeJASNFZ4kBI0Vg"),
        .language = CN_S("en"),
        .organisation_id = CN_S("3q2-7wAAAAAAAAAAAAAAAQ"),
        .organisation_name = {CN_S("North Shore College"), CN_S("Collège de la Rive-Nord")},
        .organisation_url = CN_S("https://northshore.example/"),
        .achievement_id = CN_S("yv66vgAAAAAAAAAAAAAAAg"),
        .version = 2,
        .en = {.name = CN_S("Bookkeeping essentials"),
               .description = CN_S("Keeping the books of a small business."),
               .criteria = CN_S("Pass the **practical examination** with 70 % or more."),
               .outcomes = outcomes_en,
               .outcomes_n = 2},
        .fr = {.name = CN_S("L’essentiel de la tenue de livres"),
               .description = CN_S("Tenir les livres d’une petite entreprise."),
               .criteria = CN_S("Réussir l’**examen pratique** avec 70 % ou plus."),
               .outcomes = outcomes_fr,
               .outcomes_n = 2},
        .valid_from = {.sec = 1748736000}, /* 2025-06-01 */
        .name = CN_S("Anne-Marie Lévesque"),
        .email = CN_S("Anne-Marie@example.org"),
        .salt = CN_S(SALT),
        .result = CN_S("82 %"),
        .decided_on = CN_S("2025-05-28"),
        .decision = CN_S("Passed"),
        .method = CN_S("practical examination"),
        .assessor = CN_S("Jean Tremblay, programme coordinator"),
        .status_list = CN_S("AAECAwQFBgcICQoLDA0ODw"),
        .status_index = 94567,
    };
}

typedef struct maker {
    cn_arena *arena;
    cn_app app;
    cn_private_key key;
    cn_slice issuer, method;
    cn_time now;
} maker;

static void line(cn_slice name, cn_slice member, cn_slice document, cn_slice url) {
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_buf_add(&b, CN_S("{\"name\":"));
    cn_json_write_string(&b, name);
    cn_buf_add(&b, CN_S(",\"url\":"));
    cn_json_write_string(&b, url);
    cn_buf_print(&b, ",\"%.*s\":%.*s}\n", CN_ARG(member), CN_ARG(document));
    fwrite(b.p, 1, b.n, stdout);
}

static bool award(const maker *m, const char *name, cn_form_award facts, cn_err *err) {
    const cn_json *document;
    cn_slice text;
    facts.issuer = m->issuer;
    if (!cn_form_credential(m->arena, m->app.crypto, &facts, &document, err)) return false;
    if (!cn_form_sign(m->arena, &m->app, document, &m->key, m->method, m->now, &text, err)) return false;
    line(cn_slice_of(name), CN_S("document"), text, CN_S(""));
    return true;
}

/* An endorsement of what is awarded: by itself, and carried in an award. */
static bool endorsed(const maker *m, cn_err *err) {
    cn_form_award facts = whole();
    const cn_json *document, *carried;
    cn_slice text, subject = cn_form_achievement_url(m->arena, facts.origin, facts.achievement_id, facts.version);
    cn_slice outcome, assessment;
    if (!cn_arena_print(m->arena, &outcome, "%.*s#outcome-1", CN_ARG(subject)) ||
        !cn_arena_print(m->arena, &assessment, "%.*s#assessment", CN_ARG(subject)))
        return cn_fail_memory(err);
    const cn_form_claim claims[] = {
        {.claim = CN_S("in_demand"), .part = outcome, .name = {outcomes_en[0], outcomes_fr[0]}},
        {.claim = CN_S("assessment_reflects_job"),
         .part = assessment,
         .name = {CN_S("Assessment"), CN_S("Évaluation")}},
    };
    cn_form_endorsement of = {.origin = facts.origin,
                              .id = CN_S("EjRWeJCrze_-3LqYdlQyEA"),
                              .language = CN_S("fr"),
                              .issuer = m->issuer,
                              .organisation_name = {CN_S("Ledger Works"), CN_S("Ateliers du Grand-Livre")},
                              .subject = subject,
                              .subject_name = {facts.en.name, facts.fr.name},
                              .claims = claims,
                              .claims_n = sizeof claims / sizeof claims[0],
                              .scope = {CN_S("Bookkeepers"), CN_S("Aide-comptables")},
                              .comment = {CN_S("We hire for it."), CN_S("Nous embauchons pour cela.")},
                              .valid_from = facts.valid_from,
                              .valid_until = {.sec = 1843344000},
                              .status_list = facts.status_list,
                              .status_index = 11};
    if (!cn_form_endorsement_make(m->arena, &of, &document, err) ||
        !cn_form_sign(m->arena, &m->app, document, &m->key, m->method, m->now, &text, err) ||
        !cn_json_read(m->arena, text, NULL, &carried, err))
        return false;
    line(CN_S("endorsement"), CN_S("document"), text, CN_S(""));
    facts.endorsements = &carried;
    facts.endorsements_n = 1;
    return award(m, "endorsed", facts, err);
}

static bool list(const maker *m, const char *name, bool revoked, cn_err *err) {
    uint8_t bits[CN_FORM_LIST_BITS / 8] = {0};
    cn_form_award facts = whole();
    cn_form_list of = {.origin = facts.origin,
                       .id = facts.status_list,
                       .issuer = m->issuer,
                       .bits = cn_slice_bytes(bits, sizeof bits),
                       .valid_from = m->now};
    const cn_json *document;
    cn_slice text;
    if (revoked) bits[facts.status_index / 8] = (uint8_t)(0x80 >> facts.status_index % 8);
    if (!cn_form_status_list(m->arena, &of, &document, err)) return false;
    if (!cn_form_sign(m->arena, &m->app, document, &m->key, m->method, m->now, &text, err)) return false;
    line(cn_slice_of(name), CN_S("list"), text, cn_form_list_url(m->arena, of.origin, of.id));
    return true;
}

static bool all(const maker *m, cn_err *err) {
    cn_form_award english = whole(), french = whole(), only_result = whole(), decided = whole(), demo = whole();
    cn_time end = {.sec = 1843344000}; /* 2028-05-31 */
    french.language = CN_S("fr");
    only_result.decided_on = only_result.decision = only_result.method = only_result.assessor = CN_S("");
    only_result.en.outcomes_n = only_result.fr.outcomes_n = 0;
    only_result.organisation_url = CN_S("");
    decided.result = CN_S("");
    if (!cn_json_read(m->arena, cn_slice_of(design), NULL, &english.design, err)) return false;
    french.design = english.design;
    decided.valid_until = &end;
    demo.demonstration = true;
    demo.origin = CN_S("http://localhost:8080");
    return award(m, "english", english, err) && award(m, "french", french, err) &&
           award(m, "only a result", only_result, err) && award(m, "only a decision", decided, err) &&
           award(m, "demonstration", demo, err) && endorsed(m, err) && list(m, "nobody revoked", false, err) &&
           list(m, "revoked", true, err);
}

int main(void) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_loader contexts = cn_builtin_loader(NULL);
    cn_public_key key;
    cn_err err = {0};
    maker m = {
        .arena = a, .key = {.kind = CN_KEY_ED25519, .bytes = {1, 2, 3}, .n = 32}, .now = {.sec = 1748764000}};
    bool ok = cn_crypto_new(&crypto, &err);
    m.app = (cn_app){.crypto = crypto, .contexts = &contexts};
    ok = ok && cn_key_public(crypto, a, &m.key, &key, &err) &&
         cn_form_did_key(a, &key, &m.issuer, &m.method, &err) && all(&m, &err);
    if (!ok) fprintf(stderr, "%s: %s %s\n", err.id, err.detail, err.where);
    return !ok;
}
