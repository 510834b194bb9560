/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn verify: checks credentials from files, links or standard input.
 */
#include <ctype.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/outside.h"
#include "cli/own.h"
#include "cli/registries.h"
#include "cli/report.h"
#include "net/net.h"

enum {
    JSON = 1,
    AT,
    URL_MAP,
    CONTEXT,
    CONTEXTS,
    OFFLINE,
    STRICT_BITSTRING,
    RESOURCES,
    SCHEMA_COUNTS,
    ALLOW_PRIVATE,
    REGISTRY,
    REGISTRY_UNSIGNED,
    PREFIX,
    DB,
    CHALLENGE,
    DOMAIN
};
enum { INPUT_MAX = 16 << 20, GIVEN_MAX = 256 };

static const cn_option options[] = {
    {"json", NULL, "one JSON object a line for each input, for programs", JSON},
    {"at", "TIME", "verify as of this time (2026-06-01T00:00:00Z or 2026-06-01)", AT},
    {"offline", NULL, "ask nobody: what is not built in or named below is unknown", OFFLINE},
    {"url-map", "FILE", "answer URLs from files: {\"urls\": {URL: {\"file\": …}}}", URL_MAP},
    {"context", "URL=FILE", "a JSON-LD context from a file", CONTEXT},
    {"contexts", "FOLDER", "JSON-LD contexts from a folder with an index.json", CONTEXTS},
    {"allow-context-prefix", "URL", "fetch JSON-LD contexts whose URL begins so", PREFIX},
    {"challenge", "TEXT", "what the holder was asked to sign with a presentation", CHALLENGE},
    {"domain", "TEXT", "for whom they were asked to", DOMAIN},
    {"registry", "FILE", "a signed list of issuers whose names may be shown", REGISTRY},
    {"registry-unsigned", "FILE", "the same, also one that nobody has signed", REGISTRY_UNSIGNED},
    {"db", "PATH", "a server's database: its own lists and keys, and when and why an award was revoked", DB},
    {"strict-bitstring", NULL, "refuse status lists under 131,072 bits", STRICT_BITSTRING},
    {"resources", NULL, "fetch what the credential gives a digest of, and compare", RESOURCES},
    {"schema-counts", NULL, "a credential that is not as its schema asks is not verified", SCHEMA_COUNTS},
    {"allow-private", NULL, "fetch from private and loopback addresses too", ALLOW_PRIVATE},
    {0},
};

static const char more[] =
    "Takes credentials of any issuer: JSON, JWT, SD-JWT, and PNG or SVG with a credential inside; and "
    "presentations,\n"
    "each credential of which is verified too.\n"
    "Exit status: 0 all verified, 1 at least one not verified, 2 none failed but one is unknown, or a file\n"
    "named by an option could not be used (then --json tells each input unknown), or the output could not be\n"
    "written, 64 wrong usage.\n";

typedef struct verifying {
    bool json, strict_bitstring, resources, schema_counts;
    cn_time now;
    cn_crypto *crypto;
    cn_contexts *processed;
    cn_lists *lists;
    cn_net *net;
    cn_registries registries;
    cn_asked asked;
    cn_own *own;                  /* owned; NULL: no database is named */
    cn_slice prefixes[GIVEN_MAX]; /* of contexts that may be fetched; the net borrows them */
    cn_err unusable; /* why a file that was named to verify with could not be used; zeroed where all is well */
    int status;
} verifying;

/* A credential that could not even be had is no verdict on it. */
static cn_report unreadable(cn_arena *a, const cn_err *err) {
    cn_report report = {.verdict = CN_VERDICT_UNKNOWN, .proof = CN_UNKNOWN, .steps_n = 1};
    report.steps[0] = (cn_step){.id = "read", .outcome = CN_UNKNOWN, .problem = err->id};
    if (!cn_arena_copy(a, cn_slice_of(err->detail), &report.steps[0].detail) ||
        !cn_arena_copy(a, cn_slice_of(err->where), &report.steps[0].where))
        report.steps[0].detail = CN_S("Out of memory.");
    return report;
}

/* RFC 3986, 3.1: whatever has a scheme and an authority; what cannot be fetched is refused by its scheme then. */
static bool is_link(cn_slice input) {
    size_t n = 0;
    while (n < input.n &&
           (isalnum((unsigned char)input.p[n]) || cn_slice_find_byte(CN_S("+-."), input.p[n]) != SIZE_MAX))
        n++;
    return n && isalpha((unsigned char)input.p[0]) && cn_slice_starts(cn_slice_from(input, n), CN_S("://"));
}

static bool fetch(const verifying *v, cn_arena *a, cn_slice input, cn_slice *bytes, cn_err *err) {
    if (!is_link(input)) return cn_file_read(a, input, INPUT_MAX, bytes, err);
    const cn_loader *resolver = cn_net_resolver(v->net);
    cn_document document;
    if (!resolver->load(resolver->self, a, input, &document, err)) return false;
    *bytes = document.body;
    return true;
}

/* `contexts` must live as long as what is returned. */
static cn_verify_options way_of(const verifying *v, const cn_loader *contexts) {
    return (cn_verify_options){
        .crypto = v->crypto,
        .contexts = contexts,
        .processed = v->processed,
        .lists = v->lists,
        .resolver = cn_net_resolver(v->net),
        .registry = v->registries.n ? &v->registries.joined : NULL,
        .now = v->now,
        .strict_bitstring = v->strict_bitstring,
        .check_resources = v->resources,
        .schema_counts = v->schema_counts,
    };
}

static bool check(const verifying *v, cn_arena *a, cn_slice bytes, cn_report *report, cn_err *err) {
    cn_loader contexts = cn_builtin_loader(cn_net_contexts(v->net));
    cn_verify_options how = way_of(v, &contexts);
    how.asked = &v->asked;
    return cn_verify(a, bytes, &how, report, err) && (!v->own || v->own->tell(v->own, a, report, err));
}

/* File names are bytes; JSON is UTF-8. */
static cn_slice as_utf8(cn_arena *a, cn_slice bytes) {
    cn_buf b = cn_buf_on(a, 0);
    for (size_t bad; (bad = cn_utf8_invalid(bytes)) != SIZE_MAX; bytes = cn_slice_from(bytes, bad + 1)) {
        cn_buf_add(&b, cn_slice_sub(bytes, 0, bad));
        cn_buf_utf8(&b, 0xfffd);
    }
    cn_buf_add(&b, bytes);
    return cn_buf_slice(&b);
}

static bool print(const verifying *v, cn_arena *a, cn_slice input, const cn_report *report, cn_err *err) {
    if (!v->json) return cn_report_print(a, input, report, isatty(STDOUT_FILENO), stdout, err);
    cn_buf line = cn_buf_on(a, 0);
    if (!cn_report_write(a, report, as_utf8(a, input), &line, err)) return false;
    fwrite(line.p, 1, line.n, stdout);
    putchar('\n');
    return true;
}

/* 1 beats 2 beats 0. */
static void count(verifying *v, cn_verdict verdict) {
    if (verdict == CN_NOT_VERIFIED) v->status = CN_EXIT_FAILED;
    else if (verdict == CN_VERDICT_UNKNOWN && v->status == CN_EXIT_OK) v->status = CN_EXIT_UNKNOWN;
}

/* The report is printed whole or not at all. */
static bool try_one(verifying *v, cn_slice input, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice bytes;
    cn_report report;
    if (!fetch(v, a, input, &bytes, err) || !check(v, a, bytes, &report, err) || !print(v, a, input, &report, err))
        return false;
    count(v, report.verdict);
    return true;
}

/* On an arena of its own: the one before may be full. */
static void print_unreadable(verifying *v, const char *name, const cn_err *why) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_report report = unreadable(a, why);
    cn_err err = {0};
    count(v, report.verdict);
    if (!print(v, a, cn_slice_of(name), &report, &err)) cn_cli_complain(name, &err);
}

static void verify_one(verifying *v, const char *name) {
    cn_err err = {0};
    if (v->unusable.id) print_unreadable(v, name, &v->unusable);
    else if (!try_one(v, cn_slice_of(name), &err)) print_unreadable(v, name, &err);
}

/* ---- Options ---- */

static bool set_time(verifying *v, const char *value, cn_err *err) {
    if (cn_time_read_loose(cn_slice_of(value), &v->now)) return true;
    return cn_fail(err, CN_INVALID, "cli.time", "--at takes a time such as 2026-06-01T00:00:00Z, not \"%s\".",
                   value);
}

static bool apply(verifying *v, cn_net_options *net, int key, const char *value, cn_err *err) {
    switch (key) {
    case JSON: return v->json = true;
    case OFFLINE: return net->offline = true;
    case ALLOW_PRIVATE: return net->allow_private = true;
    case STRICT_BITSTRING: return v->strict_bitstring = true;
    case RESOURCES: return v->resources = true;
    case SCHEMA_COUNTS: return v->schema_counts = true;
    case AT: return set_time(v, value, err);
    case CHALLENGE: v->asked.challenge = cn_slice_of(value); return true;
    case DOMAIN: v->asked.domain = cn_slice_of(value); return true;
    default: return true; /* files: once the net is there */
    }
}

static bool apply_file(cn_net *net, int key, const char *value, cn_err *err) {
    switch (key) {
    case URL_MAP: return cn_net_add_url_map(net, cn_slice_of(value), err);
    case CONTEXTS: return cn_net_add_context_folder(net, cn_slice_of(value), err);
    case CONTEXT: return cn_outside_add_context(net, value, err);
    default: return true;
    }
}

typedef struct given {
    int key;
    const char *value;
} given;

/* What was named cannot be used: nothing can be verified as it was asked, so that every input is unknown. An error
 * of the command line itself is wrong usage. */
static int cannot_use(verifying *v, const char *what, const cn_err *err) {
    cn_cli_complain(what, err);
    if (cn_slice_starts(cn_slice_of(err->id), CN_S("cli."))) return CN_EXIT_USAGE;
    v->unusable = *err;
    v->status = CN_EXIT_UNKNOWN;
    return v->json ? -1 : CN_EXIT_UNKNOWN;
}

/* A server whose database is named answers for its own origin, too. -1 to go on. */
static int open_own(verifying *v, const given *all, size_t n, char **argv, cn_net_options *net) {
    cn_err err = {0};
    for (size_t i = 0; i < n && !v->own; i++) {
        if (all[i].key != DB) continue;
        if (!cn_own_open(all[i].value, argv, &v->own, &err)) return cannot_use(v, all[i].value, &err);
        if (v->own->origin.n) {
            net->own = &v->own->loader;
            net->own_origin = v->own->origin;
        } else {
            fprintf(stderr,
                    "cairn: %s has no origin, as that of a demonstration has none: it cannot answer here for its "
                    "lists "
                    "and keys. The page /verify of its server does.\n",
                    all[i].value);
        }
    }
    return -1;
}

/* Registries come last: their own signatures are checked with what the other files answer. */
static int read_registries(verifying *v, const given *all, size_t n) {
    cn_loader contexts = cn_builtin_loader(cn_net_contexts(v->net));
    cn_verify_options verify = way_of(v, &contexts);
    cn_err err = {0};
    for (size_t i = 0; i < n; i++) {
        if (all[i].key != REGISTRY && all[i].key != REGISTRY_UNSIGNED) continue;
        cn_registry_options how = {.verify = &verify, .unsigned_too = all[i].key == REGISTRY_UNSIGNED};
        if (!cn_registries_add(&v->registries, all[i].value, &how, &err)) return cannot_use(v, all[i].value, &err);
    }
    return cn_registries_join(&v->registries, &err) ? -1 : cannot_use(v, "verify", &err);
}

/* Reads the options; -1 to go on, otherwise the exit status. */
static int read_options(verifying *v, int argc, char **argv, int *operand) {
    given all[GIVEN_MAX];
    size_t n = 0;
    const char *value;
    int key;
    cn_err err = {0};
    cn_net_options net = {.context_prefixes = v->prefixes};
    while ((key = cn_options_next(argc, argv, options, &value, operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_verify, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (n == GIVEN_MAX) return fputs("cairn: verify: there are too many options.\n", stderr), CN_EXIT_USAGE;
        if (!apply(v, &net, key, value, &err)) return cn_cli_complain("verify", &err), CN_EXIT_USAGE;
        if (key == PREFIX) v->prefixes[net.context_prefixes_n++] = cn_slice_of(value);
        all[n++] = (given){key, value};
    }
    int status = open_own(v, all, n, argv, &net);
    if (status >= 0) return status;
    if (!cn_crypto_new(&v->crypto, &err)) return cannot_use(v, "verify", &err);
    net.crypto = v->crypto;
    if (!cn_net_new(&net, &v->net, &err)) return cannot_use(v, "verify", &err);
    for (size_t i = 0; i < n; i++)
        if (!apply_file(v->net, all[i].key, all[i].value, &err)) return cannot_use(v, all[i].value, &err);
    return read_registries(v, all, n);
}

static int verify_all(verifying *v, int argc, char **argv, int operand) {
    if (operand == argc) verify_one(v, "-");
    for (int i = operand; i < argc; i++) verify_one(v, argv[i]);
    return v->status;
}

static int run(int argc, char **argv) {
    verifying v = {.now = cn_outside_now(), .processed = cn_contexts_new(), .lists = cn_lists_new()};
    int operand = argc, status = read_options(&v, argc, argv, &operand);
    if (status < 0 && operand == argc && isatty(STDIN_FILENO)) {
        fputs("cairn: name a file or a link to verify, or give it on standard input.\n", stderr);
        status = CN_EXIT_USAGE;
    }
    if (status < 0) status = verify_all(&v, argc, argv, operand);
    cn_registries_done(&v.registries);
    cn_lists_free(v.lists);
    cn_contexts_free(v.processed);
    cn_net_free(v.net);
    cn_crypto_free(v.crypto);
    if (v.own) v.own->close(v.own);
    return status;
}

const cn_command cn_command_verify = {
    "verify",
    "[OPTION]... [FILE|URL|-]...",
    "check credentials: who signed them, whether they hold, and if not, why",
    run,
};
