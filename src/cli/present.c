/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn present: shows credentials to somebody who asked, signed by their holder for that occasion alone.
 */
#include "cli/cli.h"
#include "cli/keyfile.h"
#include "cli/signing.h"
#include "vc/jwt.h"

enum { KEY = 1, CHALLENGE, ASKED_BY, FORM, REVEAL, SUITE, METHOD, AT, CONTEXT, CONTEXTS, KEYS };
enum { INPUT_MAX = 16 << 20, CREDENTIALS_MAX = 16 };
static const cn_option options[] = {
    {"key", "FILE", "the holder's private key: a Multikey with secretKeyMultibase, or a JWK with d", KEY},
    {"challenge", "TEXT", "what the verifier gave to sign", CHALLENGE},
    {"domain", "TEXT", "who the verifier is: https://example.org", ASKED_BY},
    {"form", "FORM", "vp: with a proof (as it is without this option); jwt; sd-jwt: one SD-JWT, bound to the key",
     FORM},
    {"reveal", "POINTER", "of an SD-JWT: what to show, as a JSON pointer (often); all else is kept back", REVEAL},
    {"suite", "NAME", "of the proof: eddsa-rdfc-2022, ecdsa-rdfc-2019, eddsa-jcs-2022, ecdsa-jcs-2019", SUITE},
    {"method", "URL", "the verification method, where the file does not say it and it is no did:key", METHOD},
    {"at", "TIME", "signed at this time (now)", AT},
    {"context", "URL=FILE", "a JSON-LD context from a file", CONTEXT},
    {"contexts", "FOLDER", "JSON-LD contexts from a folder with an index.json", CONTEXTS},
    {0},
};
static const char more[] =
    "CREDENTIAL is a file: JSON, a JWT, an SD-JWT, or a badge in PNG or SVG; - is standard input. Prints the\n"
    "presentation on one line; \"cairn verify --challenge TEXT --domain TEXT\" checks it.\n"
    "Exit status: 0 done, 1 not done, 64 wrong usage.\n";

typedef struct presenting {
    cn_signing s;
    cn_keyfile keyfile;
    const char *texts[KEYS]; /* by option */
    cn_given reveal;
    cn_time at;
} presenting;

static cn_slice text_of(const presenting *w, int option) {
    return cn_slice_of(w->texts[option]);
}

static cn_slice method_of(const presenting *w) {
    return w->texts[METHOD] ? text_of(w, METHOD) : w->keyfile.method;
}

/* ---- Credentials ---- */

static bool read_bytes(presenting *w, const char *name, cn_slice *out, cn_err *err) {
    return cn_file_read(w->s.arena, cn_slice_of(name), INPUT_MAX, out, err);
}

/* A base proof gives all of it away, and nobody takes it. */
static bool for_others(const cn_json *credential, cn_err *err) {
    const cn_json *proofs = cn_json_get(credential, CN_S("proof"));
    for (size_t i = 0; i < cn_json_many(proofs); i++) {
        const cn_json *one = cn_json_one(proofs, i);
        bool sd = cn_json_is_string(cn_json_get(one, CN_S("cryptosuite")), CN_S("ecdsa-sd-2023"));
        /* the beginnings of a base proof: 0xd9, 0x5d, 0x00 */
        if (sd && cn_slice_starts(cn_json_get_text(one, CN_S("proofValue")), CN_S("u2V0A")))
            return cn_fail(err, CN_INVALID, "cli.base-proof",
                           "This is the form of the credential that is for its holder alone; make one to show "
                           "with \"cairn derive --reveal POINTER\".");
    }
    return true;
}

/* The presentation, unsigned. */
static bool gather(presenting *w, int n, char **names, const cn_json **out, const char **culprit, cn_err *err) {
    cn_arena *a = w->s.arena;
    cn_json *all = cn_json_array(a);
    for (int i = 0; i < n; i++) {
        const cn_json *credential;
        cn_slice bytes;
        *culprit = names[i];
        if (!read_bytes(w, names[i], &bytes, err) || !cn_presented_credential(a, bytes, &credential, err) ||
            !for_others(credential, err))
            return false;
        if (!all || !cn_json_push(a, all, credential)) return cn_fail_memory(err);
    }
    *culprit = "present";
    return cn_presentation_new(a, method_of(w), all, out, err);
}

/* ---- Forms ---- */

static bool print_text(cn_slice text) {
    fwrite(text.p, 1, text.n, stdout);
    putchar('\n');
    return true;
}

static bool with_proof(presenting *w, int n, char **names, const char **culprit, cn_err *err) {
    bool edwards = w->keyfile.key.kind == CN_KEY_ED25519;
    const char *suite = edwards ? "eddsa-rdfc-2022" : "ecdsa-rdfc-2019";
    const cn_json *vp, *out;
    if (!gather(w, n, names, &vp, culprit, err)) return false;
    cn_sign_options o = {.crypto = w->s.crypto,
                         .contexts = &w->s.contexts,
                         .processed = w->s.processed,
                         .key = &w->keyfile.key,
                         .suite = w->texts[SUITE] ? text_of(w, SUITE) : cn_slice_of(suite),
                         .method = method_of(w),
                         .purpose = CN_S("authentication"),
                         .created = w->at,
                         .challenge = text_of(w, CHALLENGE),
                         .domain = text_of(w, ASKED_BY)};
    return cn_integrity_add(w->s.arena, vp, &o, &out, err) && cn_signing_print(&w->s, out, err);
}

static bool as_jwt(presenting *w, int n, char **names, const char **culprit, cn_err *err) {
    const cn_json *vp;
    cn_slice out;
    if (!gather(w, n, names, &vp, culprit, err)) return false;
    cn_jose_options o = {.crypto = w->s.crypto,
                         .contexts = &w->s.contexts,
                         .processed = w->s.processed,
                         .key = &w->keyfile.key,
                         .kid = method_of(w),
                         .typ = CN_S("vp+jwt"),
                         .issued = &w->at,
                         .challenge = text_of(w, CHALLENGE),
                         .domain = text_of(w, ASKED_BY)};
    return cn_jose_sign(w->s.arena, vp, &o, &out, err) && print_text(out);
}

static bool as_sd_jwt(presenting *w, int n, char **names, const char **culprit, cn_err *err) {
    cn_binding_options binding = {
        .key = &w->keyfile.key, .challenge = text_of(w, CHALLENGE), .domain = text_of(w, ASKED_BY), .now = w->at};
    cn_slice bytes, text, out;
    if (n != 1) return cn_fail(err, CN_INVALID, "cli.many", "--form sd-jwt shows one credential.");
    *culprit = names[0];
    return read_bytes(w, names[0], &bytes, err) && cn_presented_text(w->s.arena, bytes, &text, err) &&
           cn_sd_jwt_present(w->s.arena, w->s.crypto, text, w->reveal.v, w->reveal.n, &binding, &out, err) &&
           print_text(out);
}

static const struct {
    const char *name;
    bool (*make)(presenting *w, int n, char **names, const char **culprit, cn_err *err);
} forms[] = {{"vp", with_proof}, {"jwt", as_jwt}, {"sd-jwt", as_sd_jwt}};
enum { FORMS = sizeof forms / sizeof forms[0] };

static int form_of(const presenting *w) {
    int i = 0;
    while (i < FORMS && w->texts[FORM] && strcmp(forms[i].name, w->texts[FORM]) != 0) i++;
    return i;
}

static int present(presenting *w, int n, char **names) {
    const char *culprit = "present";
    cn_err err = {0};
    if (!cn_keyfile_read(w->s.arena, w->s.crypto, w->texts[KEY], &w->keyfile, &err))
        return cn_cli_complain(w->texts[KEY], &err), CN_EXIT_FAILED;
    if (forms[form_of(w)].make(w, n, names, &culprit, &err)) return CN_EXIT_OK;
    return cn_cli_complain(culprit, &err), CN_EXIT_FAILED;
}

/* ---- Options ---- */

static bool apply(presenting *w, int key, const char *value, cn_err *err) {
    w->texts[key] = value;
    switch (key) {
    case REVEAL: return cn_given_add(&w->reveal, value, err);
    case CONTEXT: return cn_signing_context(&w->s, value, err);
    case CONTEXTS: return cn_signing_contexts(&w->s, value, err);
    case AT:
        return cn_time_read_loose(cn_slice_of(value), &w->at) ||
               cn_fail(err, CN_INVALID, "cli.time", "--at takes a time such as 2026-06-01T00:00:00Z, not \"%s\".",
                       value);
    default: return true;
    }
}

static int wrong_usage(const char *why) {
    fprintf(stderr, "cairn: present: %s; \"cairn present --help\" tells more.\n", why);
    return CN_EXIT_USAGE;
}

/* -1 to go on. */
static int check(const presenting *w, int credentials) {
    if (!w->texts[KEY]) return wrong_usage("--key FILE names the holder's key");
    if (!text_of(w, CHALLENGE).n || !text_of(w, ASKED_BY).n)
        return wrong_usage(
            "--challenge and --domain are what the verifier gave; without them anybody could show it again");
    if (form_of(w) == FORMS) return wrong_usage("--form is vp, jwt or sd-jwt");
    if (w->reveal.n && strcmp(forms[form_of(w)].name, "sd-jwt") != 0)
        return wrong_usage("--reveal goes with --form sd-jwt");
    if (w->texts[METHOD] && strcmp(forms[form_of(w)].name, "sd-jwt") == 0)
        return wrong_usage("--form sd-jwt has no place for --method: the key is in the SD-JWT");
    if (!credentials) return wrong_usage("name a credential to show");
    if (credentials > CREDENTIALS_MAX) return wrong_usage("16 credentials can be shown at once");
    return -1;
}

static int read_options(presenting *w, int argc, char **argv, int *operand) {
    const char *value;
    int key;
    cn_err err = {0};
    while ((key = cn_options_next(argc, argv, options, &value, operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_present, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (!apply(w, key, value, &err)) return cn_cli_complain("present", &err), CN_EXIT_USAGE;
    }
    return check(w, argc - *operand);
}

static int run(int argc, char **argv) {
    presenting w = {.at = cn_outside_now()};
    int operand = argc, status = CN_EXIT_FAILED;
    cn_err err = {0};
    w.at.ns = 0;
    if (!cn_signing_open(&w.s, &err)) cn_cli_complain("present", &err);
    else status = read_options(&w, argc, argv, &operand);
    if (status < 0) status = present(&w, argc - operand, argv + operand);
    cn_private_key_wipe(&w.keyfile.key);
    cn_signing_close(&w.s);
    return status;
}

const cn_command cn_command_present = {
    "present",
    "--key FILE --challenge TEXT --domain TEXT [OPTION]... CREDENTIAL...",
    "show credentials to who asked, signed by their holder",
    run,
};
