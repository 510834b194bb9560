/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn serve: its options, and the settings it will not start with.
 *
 * The origin is written into what is signed one day, so nobody may be given one by chance: outside demo mode it
 * must be named. Demo mode keeps to this machine.
 */
#include <arpa/inet.h>

#include "cli/outside.h"
#include "server/settings.h"

enum {
    DEMO = 1,
    BARE,
    ORIGIN,
    ADDRESS,
    PORT,
    DB,
    REGISTRY,
    URL_MAP,
    CONTEXT,
    CONTEXTS,
    PACK,
    PREFIX,
    OFFLINE,
    THREADS,
    RATE,
    TRUST_PROXY,
    CONTACT,
    MASTER,
    SMTP,
    SMTP_USER,
    MAIL_FROM,
    VC_API,
    VC_API_OPEN,
    ROUTES
};
enum { PORT_DEFAULT = 8080, RATE_DEFAULT = 60, THREADS_MAX = 256, RATE_MAX = 1000000 };

static const cn_option options[] = {
    {"demo", NULL, "for trying out: on this machine alone, as http://localhost:PORT", DEMO},
    {"bare", NULL, "with --demo: without the fictional organisations", BARE},
    {"origin", "URL", "where people reach it: https://cairn.example (as cairn init has set it)", ORIGIN},
    {"address", "ADDRESS", "the address to listen on (127.0.0.1)", ADDRESS},
    {"port", "PORT", "the port to listen on (8080)", PORT},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {"registry", "FILE", "a signed list of issuers whose names may be shown", REGISTRY},
    {"url-map", "FILE", "answer URLs from files: {\"urls\": {URL: {\"file\": …}}}", URL_MAP},
    {"context", "URL=FILE", "a JSON-LD context from a file", CONTEXT},
    {"contexts", "FOLDER", "JSON-LD contexts from a folder with an index.json", CONTEXTS},
    {"pack", "FILE", "a pack of rules beside those that are built in (often)", PACK},
    {"allow-context-prefix", "URL", "fetch JSON-LD contexts whose URL begins so", PREFIX},
    {"offline", NULL, "ask nobody: what is not built in or named above is unknown", OFFLINE},
    {"threads", "N", "how many requests are answered at once (four a processor)", THREADS},
    {"rate", "N", "how many verifications an address may ask for in a minute (60)", RATE},
    {"trust-proxy", NULL, "a proxy stands in front and says who asks (X-Forwarded-For)", TRUST_PROXY},
    {"master-key", "FILE", "what seals the signing keys (master.key beside the database)", MASTER},
    {"contact", "TEXT", "whom to tell of barriers, shown on /accessibility", CONTACT},
    {"smtp", "URL", "the server that takes e-mails: smtps://HOST or smtp://HOST (files in outbox/)", SMTP},
    {"smtp-user", "FILE", "a line with the name for it, and one with the password", SMTP_USER},
    {"mail-from", "ADDRESS", "the sender of e-mails (no-reply at the host of the origin)", MAIL_FROM},
    {"vc-api", "FOLDER", "turn the W3C VC-API on, which signs what it is given, with the keys in that folder",
     VC_API},
    {"vc-api-open", NULL, "let other machines use the VC-API too", VC_API_OPEN},
    {"routes", NULL, "print every address with who may call it, and end", ROUTES},
    {0},
};

static const char more[] =
    "TLS is the business of a proxy in front of it. Stops at Ctrl-C or SIGTERM when the requests under way are\n"
    "answered. Exit status: 0 it was stopped, 1 it could not start, 64 wrong usage.\n";

static bool add_named(cn_settings *s, int kind, const char *value, cn_err *err) {
    if (s->named_n == CN_NAMED_MAX)
        return cn_fail(err, CN_LIMIT, "serve.options", "at most %d files can be named.", CN_NAMED_MAX);
    s->named[s->named_n++] = (cn_named){.kind = (unsigned)kind, .value = value};
    return true;
}

static bool read_number(const char *option, const char *value, unsigned max, unsigned *out, cn_err *err) {
    uint64_t number;
    if (!cn_slice_to_u64(cn_slice_of(value), max, &number) || !number)
        return cn_fail(err, CN_INVALID, "serve.number", "--%s takes a number from 1 to %u, not \"%s\".", option,
                       max, value);
    *out = (unsigned)number;
    return true;
}

static bool set_port(cn_settings *s, const char *value, cn_err *err) {
    unsigned port;
    if (!read_number("port", value, UINT16_MAX, &port, err)) return false;
    s->port = (uint16_t)port;
    return true;
}

static bool apply(cn_settings *s, int key, const char *value, cn_err *err) {
    switch (key) {
    case DEMO: return s->demo = true;
    case ROUTES: return s->routes = true;
    case BARE: return s->bare = true;
    case OFFLINE: return s->offline = true;
    case TRUST_PROXY: return s->trust_proxy = true;
    case VC_API_OPEN: return s->vc_api_open = true;
    case VC_API: return s->vc_api = value, true;
    case ORIGIN: return s->origin = value, true;
    case ADDRESS: return s->address = value, true;
    case DB: return s->db = value, true;
    case MASTER: return s->master_key = value, true;
    case CONTACT: return s->contact = value, true;
    case SMTP: return s->work.smtp_url = value, true;
    case SMTP_USER: return s->work.smtp_login = value, true;
    case MAIL_FROM: return s->work.mail_from = value, true;
    case PORT: return set_port(s, value, err);
    case THREADS: return read_number("threads", value, THREADS_MAX, &s->threads, err);
    case RATE: return read_number("rate", value, RATE_MAX, &s->rate, err);
    case REGISTRY: return add_named(s, CN_NAMED_REGISTRY, value, err);
    case URL_MAP: return add_named(s, CN_NAMED_URL_MAP, value, err);
    case CONTEXT: return add_named(s, CN_NAMED_CONTEXT, value, err);
    case CONTEXTS: return add_named(s, CN_NAMED_CONTEXTS, value, err);
    case PACK: return add_named(s, CN_NAMED_PACK, value, err);
    default: return add_named(s, CN_NAMED_PREFIX, value, err);
    }
}

/* ---- What it will not start with ---- */

/* An address as numbers; *loopback says whether only this machine reaches it. */
static bool is_address(const char *text, bool *loopback) {
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, text, &four) == 1) return *loopback = ntohl(four.s_addr) >> 24 == 127, true;
    if (inet_pton(AF_INET6, text, &six) == 1) return *loopback = IN6_IS_ADDR_LOOPBACK(&six), true;
    return false;
}

static bool check_demo(cn_settings *s, bool loopback, cn_err *err) {
    if (s->origin)
        return cn_fail(err, CN_INVALID, "serve.origin",
                       "the demonstration has an origin of its own: leave out "
                       "--origin, or --demo.");
    if (!loopback)
        return cn_fail(err, CN_DENIED, "serve.address",
                       "the demonstration listens to this machine alone: %s is no loopback address.", s->address);
    (void)snprintf(s->own_origin, sizeof s->own_origin, "http://localhost:%u", s->port);
    s->origin = s->own_origin;
    return true;
}

/* Named, or else the one that the database has been given. */
static bool check_origin(cn_settings *s, cn_err *err) {
    if (s->origin) {
        if (!cn_origin_read(s->origin, s->own_origin, err)) return false;
    } else if (!cn_origin_kept(s->db, cn_outside_now(), s->own_origin, err)) {
        return false;
    }
    s->origin = s->own_origin;
    return *s->origin || cn_fail(err, CN_INVALID, "serve.origin",
                                 "name the address where people reach this server with --origin "
                                 "https://cairn.example, or try Cairn out with --demo.");
}

/* E-mails without a server for them stand in a folder beside the database. */
static bool choose_folder(cn_settings *s, cn_err *err) {
    const char *slash = strrchr(s->db, '/');
    int beside = slash ? (int)(slash - s->db) + 1 : 0;
    int n = snprintf(s->mail_folder, sizeof s->mail_folder, "%.*soutbox", beside, s->db);
    s->work.mail_folder = s->mail_folder;
    return (n > 0 && (size_t)n < sizeof s->mail_folder) ||
           cn_fail(err, CN_INVALID, "serve.db", "the name of the database is too long.");
}

static bool check(cn_settings *s, cn_err *err) {
    bool loopback;
    if (!choose_folder(s, err)) return false;
    if (s->vc_api_open && !s->vc_api)
        return cn_fail(err, CN_INVALID, "serve.vc-api", "--vc-api-open goes with --vc-api.");
    if (s->work.smtp_login && !s->work.smtp_url)
        return cn_fail(err, CN_INVALID, "serve.smtp", "--smtp-user goes with --smtp.");
    if (!is_address(s->address, &loopback))
        return cn_fail(err, CN_INVALID, "serve.address",
                       "--address takes an IP address such as 127.0.0.1, not "
                       "\"%s\".",
                       s->address);
    return s->demo ? check_demo(s, loopback, err) : check_origin(s, err);
}

static int wrong(const cn_err *err) {
    cn_cli_complain("serve", err);
    return CN_EXIT_USAGE;
}

int cn_settings_read(cn_settings *s, int argc, char **argv) {
    const char *value;
    int operand, key;
    cn_err err = {0};
    *s = (cn_settings){
        .address = "127.0.0.1", .port = PORT_DEFAULT, .rate = RATE_DEFAULT, .db = CN_DB_DEFAULT, .contact = ""};
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_serve, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (!apply(s, key, value, &err)) return wrong(&err);
    }
    if (operand < argc) {
        (void)cn_fail(&err, CN_INVALID, "serve.operand", "there is nothing to do with \"%s\".", argv[operand]);
        return wrong(&err);
    }
    return s->routes || check(s, &err) ? -1 : wrong(&err);
}
