/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn issue: signs a credential with a key from a file.
 *
 * What verifying would find wrong with the credential itself, signed or not, is not signed.
 */
#include <unistd.h>

#include "cli/cli.h"
#include "cli/keyfile.h"
#include "cli/report.h"
#include "cli/signing.h"
#include "vc/jwt.h"

enum {
    KEY = 1,
    SUITE,
    METHOD,
    MANDATORY,
    ID,
    PREVIOUS,
    AT,
    EXPIRES,
    CONTEXT,
    CONTEXTS,
    UNCHECKED,
    WITHHOLD,
    HOLDER,
    KEYS
};
static const cn_option options[] = {
    {"key", "FILE", "the private key: a Multikey with secretKeyMultibase, or a JWK with d", KEY},
    {"suite", "NAME",
     "eddsa-rdfc-2022, eddsa-jcs-2022, ecdsa-rdfc-2019, ecdsa-jcs-2019, ecdsa-sd-2023; vc+jwt, vc+sd-jwt", SUITE},
    {"method", "URL", "the verification method, where the file does not say it and it is no did:key", METHOD},
    {"mandatory", "POINTER", "ecdsa-sd-2023: what the holder cannot leave out (often)", MANDATORY},
    {"withhold", "POINTER", "vc+sd-jwt: what the holder can keep back (often)", WITHHOLD},
    {"holder", "DID", "vc+sd-jwt: the holder's key, a did:key or did:jwk, so that they can show it is theirs",
     HOLDER},
    {"id", "URL", "of the proof, so that later ones can build on it", ID},
    {"previous-proof", "URL", "the id of a proof that this one builds on (often)", PREVIOUS},
    {"at", "TIME", "signed at this time (now)", AT},
    {"expires", "TIME", "the signature holds until then", EXPIRES},
    {"context", "URL=FILE", "a JSON-LD context from a file", CONTEXT},
    {"contexts", "FOLDER", "JSON-LD contexts from a folder with an index.json", CONTEXTS},
    {"unchecked", NULL, "sign what is no credential, or not a good one", UNCHECKED},
    {0},
};
static const char more[] =
    "Prints the signed credential. A proof that is there already stays, beside the new one. Without --suite it "
    "is\n"
    "eddsa-rdfc-2022 or ecdsa-rdfc-2019, as the key is. With ecdsa-sd-2023 the holder shows parts of it with\n"
    "cairn derive: what they must not hide (the issuer, the end, the status) has to be --mandatory.\n"
    "Exit status: 0 signed, 1 not signed, 64 wrong usage.\n";

typedef struct issuing {
    cn_signing s;
    cn_keyfile keyfile;
    const char *texts[KEYS]; /* by option */
    cn_given mandatory, previous, withhold;
    cn_time at, expires;
    bool unchecked;
} issuing;

static cn_slice text_of(const issuing *w, int option) {
    return cn_slice_of(w->texts[option]);
}

/* ---- What is said beside ---- */

static bool covered(const cn_given *pointers, cn_slice pointer) {
    for (size_t i = 0; i < pointers->n; i++)
        if (!pointers->v[i].n || cn_slice_eq(pointers->v[i], pointer)) return true;
    return false;
}

/* What limits a credential is not left to its holder without a word. */
static void warn_of_hiding(const issuing *w, const cn_json *document) {
    static const cn_slice limits[] = {CN_S_INIT("/issuer"), CN_S_INIT("/validUntil"), CN_S_INIT("/expirationDate"),
                                      CN_S_INIT("/credentialStatus")};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (cn_json_point(document, limits[i]) && !covered(&w->mandatory, limits[i]))
            fprintf(stderr, "cairn: the holder can leave this out, as it is not --mandatory: %.*s\n",
                    CN_ARG(limits[i]));
}

/* A key that is its own name is nobody else's; beside earlier proofs it need not be the issuer's. */
static void warn_of_issuer(const issuing *w, const cn_json *document) {
    cn_slice controller, key, issuer = cn_json_get_text(document, CN_S("issuer"));
    if (!issuer.n) issuer = cn_json_get_text(cn_json_get(document, CN_S("issuer")), CN_S("id"));
    if (!cn_slice_cut(w->texts[METHOD] ? text_of(w, METHOD) : w->keyfile.method, '#', &controller, &key)) return;
    bool own_name = cn_slice_starts(controller, CN_S("did:key:")) || cn_slice_starts(controller, CN_S("did:jwk:"));
    if (!issuer.n || !own_name || cn_slice_eq(issuer, controller) || cn_json_get(document, CN_S("proof"))) return;
    fputs("cairn: the credential says it is from \"", stderr);
    cn_print_stranger(stderr, issuer);
    fputs("\", and the key is of \"", stderr);
    cn_print_stranger(stderr, controller);
    fputs("\": as it is, it will not verify\n", stderr);
}

/* ---- Signing ---- */

static bool check(issuing *w, const cn_json *document, cn_err *err) {
    cn_sign_options o = {
        .crypto = w->s.crypto, .contexts = &w->s.contexts, .processed = w->s.processed, .created = w->at};
    return cn_sign_check(w->s.arena, document, &o, err);
}

static const char *default_suite(cn_key_kind kind) {
    return kind == CN_KEY_ED25519 ? "eddsa-rdfc-2022" : "ecdsa-rdfc-2019";
}

static bool sign(issuing *w, const cn_json *document, const cn_json **out, cn_err *err) {
    const char *suite = w->texts[SUITE] ? w->texts[SUITE] : default_suite(w->keyfile.key.kind);
    cn_sign_options o = {.crypto = w->s.crypto,
                         .contexts = &w->s.contexts,
                         .processed = w->s.processed,
                         .key = &w->keyfile.key,
                         .suite = cn_slice_of(suite),
                         .method = w->texts[METHOD] ? text_of(w, METHOD) : w->keyfile.method,
                         .created = w->at,
                         .expires = w->texts[EXPIRES] ? &w->expires : NULL,
                         .id = w->texts[ID] ? text_of(w, ID) : CN_S(""),
                         .previous = w->previous.v,
                         .previous_n = w->previous.n,
                         .mandatory = w->mandatory.v,
                         .mandatory_n = w->mandatory.n,
                         .random = cn_outside_random()};
    return cn_integrity_add(w->s.arena, document, &o, out, err);
}

/* The key that a did:key or a did:jwk is the name of. */
static bool key_of_did(cn_arena *a, cn_slice did, cn_public_key *out, cn_err *err) {
    cn_slice bytes;
    const cn_json *jwk;
    if (cn_slice_starts(did, CN_S("did:key:"))) return cn_multikey_read(a, cn_slice_from(did, 8), out, err);
    if (!cn_slice_starts(did, CN_S("did:jwk:")))
        return cn_fail(err, CN_INVALID, "cli.holder", "--holder takes a did:key or a did:jwk.");
    return cn_base64_read(a, CN_BASE64_URL, cn_slice_from(did, 8), &bytes, err) &&
           cn_json_read(a, bytes, NULL, &jwk, err) && cn_jwk_read(a, jwk, out, err);
}

/* As a JWT, or as one of which the holder shows what they like. */
static bool sign_token(issuing *w, const cn_json *document, cn_slice *out, cn_err *err) {
    bool disclosing = cn_slice_eq(text_of(w, SUITE), CN_S("vc+sd-jwt"));
    cn_public_key holder;
    cn_sd_jwt_options o = {.jose = {.crypto = w->s.crypto,
                                    .contexts = &w->s.contexts,
                                    .processed = w->s.processed,
                                    .key = &w->keyfile.key,
                                    .kid = w->texts[METHOD] ? text_of(w, METHOD) : w->keyfile.method,
                                    .issued = &w->at,
                                    .expires = w->texts[EXPIRES] ? &w->expires : NULL},
                           .random = cn_outside_random(),
                           .pointers = w->withhold.v,
                           .pointers_n = w->withhold.n,
                           .holder = w->texts[HOLDER] ? &holder : NULL};
    if (w->texts[HOLDER] && !key_of_did(w->s.arena, text_of(w, HOLDER), &holder, err)) return false;
    return disclosing ? cn_sd_jwt_issue(w->s.arena, document, &o, out, err)
                      : cn_jose_sign(w->s.arena, document, &o.jose, out, err);
}

static bool sign_and_print(issuing *w, const cn_json *document, cn_err *err) {
    const cn_json *out;
    cn_slice token;
    if (!cn_slice_starts(text_of(w, SUITE), CN_S("vc+")))
        return sign(w, document, &out, err) && cn_signing_print(&w->s, out, err);
    if (!sign_token(w, document, &token, err)) return false;
    fwrite(token.p, 1, token.n, stdout);
    putchar('\n');
    return true;
}

static int issue(issuing *w, const char *name) {
    const cn_json *document;
    cn_err err = {0};
    if (!cn_keyfile_read(w->s.arena, w->s.crypto, w->texts[KEY], &w->keyfile, &err))
        return cn_cli_complain(w->texts[KEY], &err), CN_EXIT_FAILED;
    if (!cn_signing_read(&w->s, name, &document, &err)) return cn_cli_complain(name, &err), CN_EXIT_FAILED;
    if ((w->unchecked || check(w, document, &err)) && sign_and_print(w, document, &err)) {
        if (w->texts[SUITE] && !strcmp(w->texts[SUITE], "ecdsa-sd-2023")) warn_of_hiding(w, document);
        if (!w->unchecked) warn_of_issuer(w, document);
        return CN_EXIT_OK;
    }
    return cn_cli_complain("issue", &err), CN_EXIT_FAILED;
}

/* ---- Options ---- */

static bool read_time(const char *option, const char *value, cn_time *out, cn_err *err) {
    if (cn_time_read_loose(cn_slice_of(value), out)) return true;
    return cn_fail(err, CN_INVALID, "cli.time", "--%s takes a time such as 2026-06-01T00:00:00Z, not \"%s\".",
                   option, value);
}

static bool apply(issuing *w, int key, const char *value, cn_err *err) {
    w->texts[key] = value;
    switch (key) {
    case MANDATORY: return cn_given_add(&w->mandatory, value, err);
    case PREVIOUS: return cn_given_add(&w->previous, value, err);
    case WITHHOLD: return cn_given_add(&w->withhold, value, err);
    case AT: return read_time("at", value, &w->at, err);
    case EXPIRES: return read_time("expires", value, &w->expires, err);
    case CONTEXT: return cn_signing_context(&w->s, value, err);
    case CONTEXTS: return cn_signing_contexts(&w->s, value, err);
    case UNCHECKED: return w->unchecked = true;
    default: return true;
    }
}

static int wrong_usage(const char *why) {
    fprintf(stderr, "cairn: issue: %s; \"cairn issue --help\" tells more.\n", why);
    return CN_EXIT_USAGE;
}

/* -1 to go on. */
static int read_options(issuing *w, int argc, char **argv, int *operand) {
    const char *value;
    int key;
    cn_err err = {0};
    while ((key = cn_options_next(argc, argv, options, &value, operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_issue, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (!apply(w, key, value, &err)) return cn_cli_complain("issue", &err), CN_EXIT_USAGE;
    }
    if (!w->texts[KEY]) return wrong_usage("--key FILE names the key to sign with");
    bool disclosing = cn_slice_eq(text_of(w, SUITE), CN_S("vc+sd-jwt")),
         token = cn_slice_starts(text_of(w, SUITE), CN_S("vc+"));
    if (token && !disclosing && !cn_slice_eq(text_of(w, SUITE), CN_S("vc+jwt")))
        return wrong_usage("--suite is not one that it knows");
    if ((w->withhold.n || w->texts[HOLDER]) && !disclosing)
        return wrong_usage("--withhold and --holder go with --suite vc+sd-jwt");
    if (*operand + 1 < argc) return wrong_usage("it signs one credential");
    if (*operand == argc && isatty(STDIN_FILENO))
        return wrong_usage("name a credential, or give it on standard input");
    return -1;
}

static int run(int argc, char **argv) {
    issuing w = {.at = cn_outside_now()};
    int operand = argc, status = CN_EXIT_FAILED;
    cn_err err = {0};
    w.at.ns = 0;
    if (!cn_signing_open(&w.s, &err)) cn_cli_complain("issue", &err);
    else status = read_options(&w, argc, argv, &operand);
    if (status < 0) status = issue(&w, operand == argc ? "-" : argv[operand]);
    cn_private_key_wipe(&w.keyfile.key);
    cn_signing_close(&w.s);
    return status;
}

const cn_command cn_command_issue = {
    "issue",
    "--key FILE [OPTION]... [FILE|-]",
    "sign a credential",
    run,
};
