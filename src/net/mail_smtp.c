/* SPDX-License-Identifier: Apache-2.0
 *
 * E-mail by SMTP (RFC 5321) through libcurl, with TLS everywhere but on loopback.
 *
 * What curl reports does not tell which command a server refused, and that decides what is done next: a refused
 * mailbox is given up, a refused login is the operator's to mend. So the commands and answers are watched here.
 */
#include <arpa/inet.h>
#include <curl/curl.h>

#include "net/inside.h"
#include "net/mail_inside.h"

#include "base/base.h"

enum { TIMEOUT_MS = 60000, CONNECT_MS = 10000, LOGIN_MAX = 2048 };

typedef struct smtp {
    cn_mailer base;
    cn_crypto *crypto; /* owned */
    cn_arena *arena;   /* owned; holds what follows, each followed by NUL */
    cn_slice url, host, user, password, ca_file;
    long timeout_ms;
    bool loopback;
    CURL *curl; /* owned; keeps its connection between mails */
    /* of the mail under way */
    cn_slice rest;   /* what is still to be sent */
    char command[8]; /* the last one sent, but for QUIT: "RCPT" */
    int refusal;     /* its answer, where that is 400 or more; otherwise 0 */
} smtp;

/* ---- What curl calls ---- */

static size_t give_bytes(char *to, size_t size, size_t n, void *self) {
    smtp *s = self;
    size_t room = size * n, take = s->rest.n < room ? s->rest.n : room;
    memcpy(to, s->rest.p, take);
    s->rest = cn_slice_from(s->rest, take);
    return take;
}

/* When something was refused curl takes its leave; that answer is of no interest. */
static void take_command(smtp *s, cn_slice line) {
    size_t n = 0;
    if (cn_slice_starts(line, CN_S("QUIT"))) return;
    while (n < line.n && n < sizeof s->command - 1 && line.p[n] > ' ') s->command[n] = line.p[n], n++;
    s->command[n] = '\0';
}

static void take_answer(smtp *s, cn_slice line) {
    enum { CLOSING = 221, REFUSED = 400 };
    uint64_t code;
    if (!cn_slice_to_u64(cn_slice_sub(line, 0, 3), 999, &code) || code == CLOSING) return;
    s->refusal = code >= REFUSED ? (int)code : 0;
}

static int watch(CURL *curl, curl_infotype type, char *data, size_t n, void *self) {
    (void)curl;
    if (type == CURLINFO_HEADER_OUT) take_command(self, cn_slice_bytes(data, n));
    if (type == CURLINFO_HEADER_IN) take_answer(self, cn_slice_bytes(data, n));
    return 0;
}

/* ---- What went wrong ---- */

/* By the command that was refused; without a row of its own a refusal is the operator's to look at. */
static const struct {
    const char *command, *id, *says;
} refusals[] = {
    {"RCPT", "mail.recipient", "does not know the mailbox"},
    {"DATA", "mail.refused", "does not take this mail"},
};

static const struct {
    CURLcode curl;
    const char *id, *says;
} failures[] = {
    {CURLE_OPERATION_TIMEDOUT, "mail.timeout", "did not answer in time"},
    {CURLE_COULDNT_RESOLVE_HOST, "mail.connect", "has no address"},
    {CURLE_COULDNT_CONNECT, "mail.connect", "cannot be connected to"},
    {CURLE_USE_SSL_FAILED, "mail.tls", "does not offer STARTTLS"},
    {CURLE_PEER_FAILED_VERIFICATION, "mail.tls", "has a certificate that is not trusted"},
    {CURLE_SSL_CONNECT_ERROR, "mail.tls", "could not agree on TLS"},
    {CURLE_SSL_CACERT_BADFILE, "mail.tls", "cannot be trusted: the trusted roots cannot be read"},
    {CURLE_LOGIN_DENIED, "mail.login", "refuses the login"},
};

/* RFC 4954, 6: these are about the login, whichever command they answer. */
static bool is_login(int code) {
    return code == 530 || code == 534 || code == 535 || code == 538;
}

static bool fail_refusal(const smtp *s, cn_err *err) {
    if (is_login(s->refusal))
        return cn_fail(err, CN_UNAVAILABLE, "mail.login", "%.*s refuses the login (%d).", CN_ARG(s->host),
                       s->refusal);
    if (s->refusal < 500)
        return cn_fail(err, CN_UNAVAILABLE, "mail.later", "%.*s asks to try again later (%d).", CN_ARG(s->host),
                       s->refusal);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (strcmp(refusals[i].command, s->command) == 0)
            return cn_fail(err, CN_INVALID, refusals[i].id, "%.*s %s (%d).", CN_ARG(s->host), refusals[i].says,
                           s->refusal);
    return cn_fail(err, CN_UNAVAILABLE, "mail.sender", "%.*s takes no mail from this server (%d).",
                   CN_ARG(s->host), s->refusal);
}

static bool fail_transfer(const smtp *s, CURLcode code, cn_err *err) {
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].curl == code)
            return cn_fail(err, CN_UNAVAILABLE, failures[i].id, "%.*s %s.", CN_ARG(s->host), failures[i].says);
    if (s->refusal) return fail_refusal(s, err);
    return cn_fail(err, CN_UNAVAILABLE, "mail.connect", "%.*s broke off the conversation.", CN_ARG(s->host));
}

/* ---- One mail ---- */

static void free_list(struct curl_slist **list) {
    curl_slist_free_all(*list);
}

static void set_options(smtp *s, struct curl_slist *to, const char *from, size_t n) {
    CURL *c = s->curl;
    curl_easy_setopt(c, CURLOPT_URL, s->url.p);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
    if (s->user.n) {
        curl_easy_setopt(c, CURLOPT_USERNAME, s->user.p);
        curl_easy_setopt(c, CURLOPT_PASSWORD, s->password.p);
    }
    /* Neither the environment nor a file of the user's may say where a mail goes. */
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_USE_SSL, s->loopback ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    if (s->ca_file.n) curl_easy_setopt(c, CURLOPT_CAINFO, s->ca_file.p);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, s->timeout_ms < CONNECT_MS ? s->timeout_ms : (long)CONNECT_MS);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, s->timeout_ms);
    /* That is waited for a farewell too, after the mail. */
    curl_easy_setopt(c, CURLOPT_SERVER_RESPONSE_TIMEOUT, (s->timeout_ms + 999) / 1000);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE, (curl_off_t)n);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give_bytes);
    curl_easy_setopt(c, CURLOPT_READDATA, s);
    curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, watch);
    curl_easy_setopt(c, CURLOPT_DEBUGDATA, s);
}

static bool send_by_smtp(cn_mailer *m, const cn_mail *mail, cn_slice bytes, cn_err *err) {
    smtp *s = (smtp *)m;
    char from[CN_MAIL_ADDRESS_MAX + 3], to[CN_MAIL_ADDRESS_MAX + 3];
    (void)snprintf(from, sizeof from, "<%.*s>", CN_ARG(mail->from.address));
    (void)snprintf(to, sizeof to, "<%.*s>", CN_ARG(mail->to.address));
    struct curl_slist *recipients __attribute__((cleanup(free_list))) = curl_slist_append(NULL, to);
    if (!recipients) cn_no_memory();
    s->rest = bytes;
    s->refusal = 0;
    s->command[0] = '\0';
    curl_easy_reset(s->curl);
    set_options(s, recipients, from, bytes.n);
    CURLcode code = curl_easy_perform(s->curl);
    return code == CURLE_OK || fail_transfer(s, code, err);
}

static void smtp_done(cn_mailer *m) {
    smtp *s = (smtp *)m;
    curl_easy_cleanup(s->curl);
    if (s->password.n) explicit_bzero((char *)s->password.p, s->password.n);
    cn_arena_free(s->arena);
    cn_crypto_free(s->crypto);
    free(s);
}

/* ---- Its settings ---- */

static bool fail_url(cn_err *err, const char *why) {
    return cn_fail(err, CN_INVALID, "mail.url", "The address of the mail server %s.", why);
}

static void free_url(CURLU **u) {
    curl_url_cleanup(*u);
}

static bool has_part(CURLU *u, CURLUPart part) {
    char *text = NULL;
    bool has = curl_url_get(u, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return has;
}

static bool take_host(smtp *s, CURLU *u, cn_err *err) {
    char *host = NULL;
    if (curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK) return fail_url(err, "names no host");
    bool ok = cn_arena_copy(s->arena, cn_slice_of(host), &s->host);
    curl_free(host);
    return ok || cn_fail_memory(err);
}

/* Names that curl takes to loopback without asking anybody. */
static bool is_loopback(cn_slice host) {
    struct in_addr four;
    if (cn_slice_eq_nocase(host, CN_S("localhost")) || cn_slice_eq(host, CN_S("[::1]"))) return true;
    return inet_pton(AF_INET, host.p, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

static bool check_parts(CURLU *u, cn_err *err) {
    if (has_part(u, CURLUPART_USER) || has_part(u, CURLUPART_PASSWORD))
        return fail_url(err, "holds a user name, which has a setting of its own");
    if (has_part(u, CURLUPART_QUERY) || has_part(u, CURLUPART_FRAGMENT)) return fail_url(err, "has a ? or a #");
    return true;
}

static bool take_url(smtp *s, const cn_smtp_options *o, cn_err *err) {
    cn_slice hello = o->hello.n ? o->hello : CN_S("localhost");
    if (!cn_mail_check_token(CN_S("hello"), hello, CN_S("-."), err)) return false;
    bool plain = cn_slice_starts(o->url, CN_S("smtp://"));
    if (!plain && !cn_slice_starts(o->url, CN_S("smtps://")))
        return fail_url(err, "begins with neither smtp:// nor smtps://");
    cn_slice rest = cn_slice_from(o->url, plain ? sizeof "smtp://" - 1 : sizeof "smtps://" - 1);
    if (!rest.n) return fail_url(err, "names no host");
    if (cn_slice_find_byte(rest, '/') != SIZE_MAX) return fail_url(err, "has a path");
    /* curl greets with what stands in the path. */
    if (!cn_arena_print(s->arena, &s->url, "%.*s/%.*s", CN_ARG(o->url), CN_ARG(hello))) return cn_fail_memory(err);
    CURLU *u __attribute__((cleanup(free_url))) = curl_url();
    if (!u) cn_no_memory();
    if (curl_url_set(u, CURLUPART_URL, s->url.p, 0) != CURLUE_OK) return fail_url(err, "is no URL");
    if (!check_parts(u, err) || !take_host(s, u, err)) return false;
    s->loopback = plain && is_loopback(s->host);
    return true;
}

/* A line of a file that may come from another system. */
static cn_slice take_line(cn_slice *rest) {
    cn_slice line;
    (void)cn_slice_cut(*rest, '\n', &line, rest);
    if (cn_slice_ends(line, CN_S("\r"))) line.n--;
    return line;
}

static bool is_printable(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] < ' ' || s.p[i] == 0x7f) return false;
    return s.n > 0;
}

static bool take_login(smtp *s, const cn_smtp_options *o, cn_err *err) {
    cn_slice text, rest;
    if (!o->login_file.n) return true;
    if (!cn_file_read(s->arena, o->login_file, LOGIN_MAX, &text, err)) return false;
    rest = text;
    cn_slice user = take_line(&rest), password = take_line(&rest);
    if (!is_printable(user) || !is_printable(password))
        return cn_fail(err, CN_INVALID, "mail.login",
                       "%.*s does not hold a line with a name and one with a password.", CN_ARG(o->login_file));
    bool ok = cn_arena_copy(s->arena, user, &s->user) && cn_arena_copy(s->arena, password, &s->password);
    explicit_bzero((char *)text.p, text.n);
    return ok || cn_fail_memory(err);
}

static bool start(smtp *s, const cn_smtp_options *o, cn_err *err) {
    s->timeout_ms = o->timeout_ms ? o->timeout_ms : TIMEOUT_MS;
    s->arena = cn_arena_new(0);
    if (!cn_crypto_new(&s->crypto, err) || !cn_net_start_curl(s->crypto, err)) return false;
    if (!take_url(s, o, err) || !take_login(s, o, err)) return false;
    if (!cn_arena_copy(s->arena, o->ca_file, &s->ca_file)) return cn_fail_memory(err);
    s->curl = curl_easy_init();
    if (!s->curl) cn_no_memory();
    return true;
}

bool cn_mailer_smtp(const cn_smtp_options *options, cn_mailer **out, cn_err *err) {
    smtp *s = calloc(1, sizeof *s);
    if (!s) cn_no_memory();
    s->base = (cn_mailer){send_by_smtp, smtp_done};
    if (!start(s, options, err)) {
        smtp_done(&s->base);
        return false;
    }
    *out = &s->base;
    return true;
}
