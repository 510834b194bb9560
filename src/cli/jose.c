/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn jose: issues and verifies credentials and presentations as JWTs and SD-JWTs with one key from a file, in
 * the way that the W3C suite of VC-JOSE-COSE calls an implementation. What it comes to is written into a file.
 *
 * Only that key is known: a credential inside a presentation that another key signed is looked at for its form
 * alone. Dates are not held to, as the suite asks.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/keyfile.h"
#include "cli/layer.h"
#include "cli/signing.h"
#include "vc/issue.h"
#include "vc/jwt.h"

enum { INPUT = 1, KEY, FEATURE, SD, OUTPUT, TEXTS };
enum { KEY_MAX = 16 << 10 };
static const cn_option options[] = {
    {"input", "FILE", "issue: the document as JSON; verify: the token", INPUT},
    {"key", "FILE", "the key: {\"id\", \"controller\", \"publicKeyJwk\", \"secretKeyJwk\"}", KEY},
    {"feature", "NAME", "credential_jose, credential_sdjwt, presentation_jose or presentation_sdjwt", FEATURE},
    {"sd", "JSON", "issue, sdjwt: what can be withheld, as [\"credentialSubject.name\", \"list[0]\"]", SD},
    {"output", "FILE", "where the result goes: {\"result\", \"data\"}", OUTPUT},
    {0},
};
static const char more[] =
    "The result is \"success\" with the token or the verified document as data, \"failure\" with a sentence, or\n"
    "\"indeterminate\" where a feature is not known here (credential_cose, presentation_cose).\n"
    "Exit status: 0 success, 1 failure, 2 indeterminate, 64 wrong usage.\n";

typedef enum outcome { SUCCESS, FAILURE, INDETERMINATE } outcome;

static const struct {
    const char *name;
    const char *typ; /* NULL: not known here */
    bool presentation, disclosing;
} features[] = {
    {"credential_jose", "vc+jwt", false, false},  {"credential_sdjwt", "vc+sd-jwt", false, true},
    {"presentation_jose", "vp+jwt", true, false}, {"presentation_sdjwt", "vp+sd-jwt", true, true},
    {"credential_cose", NULL, false, false},      {"presentation_cose", NULL, true, false},
};
enum { FEATURES = sizeof features / sizeof features[0] };

typedef struct josing {
    cn_signing s;
    const char *texts[TEXTS]; /* by option */
    size_t feature;
    cn_time now;
    cn_slice data; /* of the result */
} josing;

/* A failure in the result: a sentence. */
static bool tell(josing *w, cn_slice sentence) {
    return cn_arena_copy(w->s.arena, sentence, &w->data);
}

static outcome fail(josing *w, const cn_err *err) {
    bool placed = err->where[0];
    if (!cn_arena_print(w->s.arena, &w->data, "%s%s%s%s", err->detail, placed ? " (" : "", err->where,
                        placed ? ")" : ""))
        w->data = (cn_slice){0};
    return FAILURE;
}

/* The first step that says no, but for `but`. */
static const cn_step *refusal(const cn_report *r, const char *but) {
    for (size_t i = 0; i < r->steps_n; i++) {
        const cn_step *s = &r->steps[i];
        if ((s->outcome == CN_FAIL || s->outcome == CN_UNKNOWN) && strcmp(s->id, but) != 0) return s;
    }
    return NULL;
}

/* ---- Issuing ---- */

/* "credentialSubject.phoneNumbers[0]" as a JSON pointer. */
static bool to_pointer(cn_arena *a, cn_slice path, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    for (bool going = path.n > 0; going;) {
        cn_slice name, item;
        going = cn_slice_cut(path, '.', &name, &path);
        bool indexed = cn_slice_cut(name, '[', &name, &item);
        if (name.n) cn_json_pointer_key(&b, name);
        while (indexed) {
            cn_slice index;
            if (!cn_slice_cut(item, ']', &index, &item))
                return cn_fail(err, CN_INVALID, "jose.sd", "A path in --sd has a \"[\" without its \"]\".");
            cn_json_pointer_key(&b, index);
            indexed = cn_slice_cut(item, '[', &index, &item);
        }
    }
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

static bool read_paths(josing *w, cn_sd_jwt_options *o, cn_err *err) {
    const cn_json *paths;
    cn_arena *a = w->s.arena;
    if (!w->texts[SD]) return true;
    if (!cn_json_read(a, cn_slice_of(w->texts[SD]), NULL, &paths, err)) return false;
    cn_slice *pointers = CN_NEW_ARRAY(a, cn_slice, cn_json_count(paths) + 1);
    if (!pointers) return cn_fail_memory(err);
    for (size_t i = 0; i < cn_json_count(paths); i++)
        if (!to_pointer(a, cn_json_text(cn_json_item(paths, i)), &pointers[i], err)) return false;
    o->pointers = pointers;
    o->pointers_n = cn_json_count(paths);
    return true;
}

/* VC-JOSE-COSE 1.0, 3.1.2: what is presented is in envelopes. */
static bool check_presented(const cn_json *document, cn_err *err) {
    const cn_json *all = cn_json_get(document, CN_S("verifiableCredential"));
    for (size_t i = 0; i < cn_json_many(all); i++) {
        const cn_json *one = cn_json_one(all, i), *type = cn_json_get(one, CN_S("type"));
        bool enveloped = false;
        for (size_t k = 0; k < cn_json_many(type); k++)
            enveloped =
                enveloped || cn_json_is_string(cn_json_one(type, k), CN_S("EnvelopedVerifiableCredential"));
        if (!enveloped || !cn_slice_starts(cn_json_get_text(one, CN_S("id")), CN_S("data:")))
            return cn_fail_at(
                err, CN_INVALID, "jose.presented", CN_S("/verifiableCredential"),
                "A credential in the presentation is not an EnvelopedVerifiableCredential whose \"id\" is "
                "a data: URL.");
    }
    return true;
}

/* The envelope with its URL as a browser would read it: without tabs and ends of lines (URL Standard, 4.4), which
 * base64 is often broken with. */
static const cn_json *unbroken(cn_arena *a, const cn_json *envelope) {
    cn_slice id = cn_json_get_text(envelope, CN_S("id"));
    cn_buf url = cn_buf_on(a, 0);
    if (!cn_slice_starts(id, CN_S("data:"))) return envelope;
    for (size_t i = 0; i < id.n; i++)
        if (!strchr("\t\r\n", id.p[i])) cn_buf_byte(&url, id.p[i]);
    if (cn_buf_ok(&url) && url.n == id.n) return envelope;
    cn_json *out = cn_json_copy_shallow(a, envelope);
    bool good = out && cn_buf_ok(&url) && cn_json_set(a, out, CN_S("id"), cn_json_string(a, cn_buf_slice(&url)));
    return good ? out : NULL;
}

static bool mend_envelopes(cn_arena *a, const cn_json **document, cn_err *err) {
    cn_slice member = CN_S("verifiableCredential");
    const cn_json *all = cn_json_get(*document, member);
    cn_json *whole, *list = cn_json_array(a);
    if (!cn_json_is(all, CN_JSON_ARRAY)) return true;
    for (size_t i = 0; list && i < cn_json_count(all); i++)
        if (!cn_json_push(a, list, unbroken(a, cn_json_item(all, i)))) return cn_fail_memory(err);
    whole = cn_json_copy_shallow(a, *document);
    if (!list || !whole || !cn_json_set(a, whole, member, list)) return cn_fail_memory(err);
    *document = whole;
    return true;
}

static bool check(josing *w, const cn_json *document, cn_err *err) {
    cn_asked asked = {0};
    cn_verify_options how = {.crypto = w->s.crypto,
                             .contexts = &w->s.contexts,
                             .now = w->now,
                             .asked = features[w->feature].presentation ? &asked : NULL};
    cn_report report;
    cn_slice stranger;
    if (!cn_verify_unsigned(w->s.arena, document, &how, &report, err)) return false;
    const cn_step *no = refusal(&report, "");
    if (no) return cn_fail_at(err, CN_INVALID, "jose.document", no->where, "%.*s", CN_ARG(no->detail));
    if (!cn_issue_stranger(w->s.arena, document, &stranger, err)) return false;
    if (stranger.n)
        return cn_fail(err, CN_INVALID, "jose.member", "No context defines \"%.*s\" by its name.",
                       CN_ARG(stranger));
    return !features[w->feature].presentation || check_presented(document, err);
}

static outcome issue(josing *w, const cn_json *key) {
    const cn_json *document;
    cn_keyfile file = {0};
    cn_err err = {0};
    cn_sd_jwt_options o = {.random = cn_outside_random(), .anything = features[w->feature].presentation};
    bool good = cn_keyfile_read(w->s.arena, w->s.crypto, w->texts[KEY], &file, &err);
    (void)key;
    o.jose = (cn_jose_options){.crypto = w->s.crypto,
                               .contexts = &w->s.contexts,
                               .key = &file.key,
                               .kid = file.method,
                               .typ = cn_slice_of(features[w->feature].typ),
                               .issued = &w->now};
    good = good && cn_signing_read(&w->s, w->texts[INPUT], &document, &err) &&
           mend_envelopes(w->s.arena, &document, &err) && check(w, document, &err) && read_paths(w, &o, &err);
    if (good && features[w->feature].disclosing) good = cn_sd_jwt_issue(w->s.arena, document, &o, &w->data, &err);
    else if (good) good = cn_jose_sign(w->s.arena, document, &o.jose, &w->data, &err);
    cn_private_key_wipe(&file.key);
    return good ? SUCCESS : fail(w, &err);
}

/* ---- Verifying ---- */

/* The one key as its controller's document. */
static bool write_controller(josing *w, const cn_json *key, cn_slice *out, cn_err *err) {
    cn_arena *a = w->s.arena;
    const cn_json *controller = cn_json_get(key, CN_S("controller")), *id = cn_json_get(key, CN_S("id"));
    cn_json *document = cn_json_object(a), *methods = cn_json_array(a), *ids = cn_json_array(a),
            *method = cn_json_without(a, key, CN_S("secretKeyJwk"));
    cn_buf b = cn_buf_on(a, 0);
    if (!controller || !id)
        return cn_fail(err, CN_INVALID, "jose.key", "The key file lacks \"id\" or \"controller\".");
    if (!document || !methods || !ids || !method || !cn_json_push(a, methods, method) ||
        !cn_json_push(a, ids, id) || !cn_json_set(a, document, CN_S("id"), controller) ||
        !cn_json_set(a, document, CN_S("verificationMethod"), methods) ||
        !cn_json_set(a, document, CN_S("assertionMethod"), ids) ||
        !cn_json_set(a, document, CN_S("authentication"), ids))
        return cn_fail_memory(err);
    cn_json_write(&b, document);
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

typedef struct known {
    cn_slice url, body;
} known;

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const known *k = self;
    (void)a;
    if (!cn_slice_eq(url, k->url))
        return cn_fail(err, CN_NOT_FOUND, "jose.unknown", "Nothing but the key that was given is known.");
    *out = (cn_document){.body = k->body, .final_url = url};
    return true;
}

/* Of a credential inside: whatever is wrong with it, but that its key is another. */
static const cn_step *wrong_inside(const cn_report *r) {
    const cn_step *no = refusal(r, "proof");
    for (size_t i = 0; !no && i < r->steps_n; i++) {
        const cn_step *s = &r->steps[i];
        bool bad = !strcmp(s->problem, "invalid-signature") || !strncmp(s->problem, "jwt-", 4);
        if (s->outcome == CN_FAIL && bad) no = s;
    }
    return no && no->outcome == CN_FAIL ? no : NULL;
}

static const cn_step *wrong(const josing *w, const cn_report *r) {
    const cn_step *no = refusal(r, "credentials");
    for (size_t i = 0; !no && i < r->credentials_n; i++) no = wrong_inside(&r->credentials[i]);
    if (no || features[w->feature].presentation == (r->presentation != NULL)) return no;
    static const cn_step other = {.id = "read",
                                  .detail = CN_S_INIT("It is of another kind than the feature says.")};
    return &other;
}

static bool judge(josing *w, const cn_report *report, outcome *out, cn_err *err) {
    const cn_step *no = wrong(w, report);
    bool token = cn_slice_eq(report->format, features[w->feature].disclosing ? CN_S("sd-jwt") : CN_S("jwt"));
    const cn_json *document = report->presentation ? report->presentation : report->credential;
    cn_buf b = cn_buf_on(w->s.arena, 0);
    *out = no || !token || !document ? FAILURE : SUCCESS;
    if (no) return tell(w, no->detail) || cn_fail_memory(err);
    if (*out != SUCCESS) return tell(w, CN_S("It is not secured as the feature says.")) || cn_fail_memory(err);
    if (features[w->feature].presentation && !check_presented(document, err)) return false;
    cn_json_write(&b, document);
    w->data = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

static outcome verify(josing *w, const cn_json *key) {
    cn_slice text;
    cn_report report;
    cn_err err = {0};
    cn_asked asked = {0};
    known only = {.url = cn_json_get_text(key, CN_S("controller"))};
    cn_loader resolver = {&only, load};
    cn_verify_options how = {.crypto = w->s.crypto,
                             .contexts = &w->s.contexts,
                             .resolver = &resolver,
                             .now = w->now,
                             .asked = &asked,
                             .leave = CN_LEAVE_ISSUER | CN_LEAVE_VALIDITY | CN_LEAVE_STATUS};
    outcome out = FAILURE;
    if (!write_controller(w, key, &only.body, &err) || !cn_layer_read(w->s.arena, w->texts[INPUT], &text, &err) ||
        !cn_verify(w->s.arena, cn_slice_trim(text), &how, &report, &err) || !judge(w, &report, &out, &err))
        return fail(w, &err);
    return out;
}

/* ---- The result ---- */

static bool write_result(josing *w, outcome is) {
    static const char *const words[] = {"success", "failure", "indeterminate"};
    cn_buf b = cn_buf_on(w->s.arena, 0);
    cn_buf_print(&b, "{\"result\": \"%s\", \"data\": ", words[is]);
    cn_json_write_string(&b, w->data);
    cn_buf_add(&b, CN_S("}\n"));
    if (!cn_buf_ok(&b)) return false;
    FILE *file = fopen(w->texts[OUTPUT], "we");
    bool good = file && fwrite(b.p, 1, b.n, file) == b.n;
    if (file && fclose(file) != 0) good = false;
    if (!good) fprintf(stderr, "cairn: jose: %s could not be written.\n", w->texts[OUTPUT]);
    return good;
}

static int work(josing *w, bool issuing) {
    static const int statuses[] = {CN_EXIT_OK, CN_EXIT_FAILED, CN_EXIT_UNKNOWN};
    outcome is = INDETERMINATE;
    const cn_json *key;
    cn_err err = {0};
    if (!features[w->feature].typ) w->data = CN_S("COSE is not known here: of VC-JOSE-COSE, JWT and SD-JWT are.");
    else if (!cn_layer_read_json(w->s.arena, w->texts[KEY], &key, &err)) is = fail(w, &err);
    else is = (issuing ? issue : verify)(w, key);
    return write_result(w, is) ? statuses[is] : CN_EXIT_FAILED;
}

/* ---- Options ---- */

static int wrong_usage(const char *why) {
    fprintf(stderr, "cairn: jose: %s; \"cairn jose --help\" tells more.\n", why);
    return CN_EXIT_USAGE;
}

/* -1 to go on. */
static int read_options(josing *w, int argc, char **argv, bool *issuing) {
    const char *value;
    int operand = argc, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_jose, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        w->texts[key] = value;
    }
    bool one = operand + 1 == argc;
    *issuing = one && !strcmp(argv[operand], "issue");
    if (!one || (!*issuing && strcmp(argv[operand], "verify") != 0))
        return wrong_usage("say \"issue\" or \"verify\"");
    for (int i = INPUT; i < TEXTS; i++)
        if (i != SD && !w->texts[i]) return wrong_usage("--input, --key, --feature and --output are needed");
    while (w->feature < FEATURES && strcmp(features[w->feature].name, w->texts[FEATURE]) != 0) w->feature++;
    if (w->feature == FEATURES) return wrong_usage("--feature is not one that it knows");
    if (w->texts[SD] && (!*issuing || !features[w->feature].disclosing))
        return wrong_usage("--sd goes with issue and a feature of sdjwt");
    return -1;
}

static int run(int argc, char **argv) {
    josing w = {.now = cn_outside_now()};
    int status = CN_EXIT_FAILED;
    bool issuing = false;
    cn_err err = {0};
    w.now.ns = 0;
    if (!cn_signing_open(&w.s, &err)) cn_cli_complain("jose", &err);
    else status = read_options(&w, argc, argv, &issuing);
    if (status < 0) status = work(&w, issuing);
    cn_signing_close(&w.s);
    return status;
}

const cn_command cn_command_jose = {
    "jose",
    "issue|verify --input FILE --key FILE --feature NAME --output FILE [--sd JSON]",
    "credentials as JWT and SD-JWT, as the W3C suite calls for them",
    run,
};
