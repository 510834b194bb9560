/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `http`: requests and responses as values, a route table, forms, limits per
 * address. mhd.c alone sees libmicrohttpd; everything else is pure and tested without a socket.
 */
#ifndef CN_HTTP_HTTP_H
#define CN_HTTP_HTTP_H

#include "base/ports.h"
#include "json/json.h"

typedef enum cn_method { CN_GET, CN_HEAD, CN_POST, CN_METHODS } cn_method;

typedef struct cn_field {
    cn_slice name, value; /* header names in lower case */
} cn_field;

typedef struct cn_fields {
    cn_field *v;
    size_t n, cap;
} cn_fields;

/* One part of a form: a text field, or a file with its name and media type. */
typedef struct cn_form_part {
    cn_slice name, value;          /* a text field's value is valid UTF-8 without NUL; a file's is any bytes */
    cn_slice filename, media_type; /* of a file field, without folders; filename empty for a text field */
    bool file;                     /* a file field left empty has an empty filename and an empty value */
} cn_form_part;

typedef struct cn_form {
    cn_form_part *v;
    size_t n, cap;
} cn_form;

typedef struct cn_limit cn_limit;
typedef struct cn_route cn_route;

/* All of a request is on its arena. */
typedef struct cn_request {
    cn_arena *arena;
    cn_method method;
    cn_slice path; /* decoded once, valid UTF-8, no control characters, begins with "/", no "." or ".." segments */
    cn_slice query;          /* raw */
    cn_fields headers, args; /* args: the route's ":name" segments, then the decoded query */
    cn_slice body;           /* whole, within the route's limit; empty when body_too_large */
    bool body_too_large;     /* the body passed the route's limit: the handler shows its page with 413 */
    int wait;                /* seconds until the address may ask again: the handler shows its page with 429 */
    cn_form form;            /* read by the router for POST of urlencoded or multipart bodies */
    cn_slice peer;           /* the address, as text (the last hop; X-Forwarded-For only behind trust_proxy) */
    cn_time now;
    cn_slice language;     /* "en" or "fr": what the site chooses, otherwise ?lang=, otherwise Accept-Language */
    cn_slice origin;       /* of the site, "https://cairn.example"; may be empty */
    void *session;         /* who is signed in: what the site's permit() found, of its own type; NULL: nobody */
    const cn_route *route; /* NULL while, or when, none was found */
    cn_limit *limit;       /* borrowed; NULL: no limit per address */
    int64_t tick_ms;       /* a clock that only goes forward, for the limit */
} cn_request;

typedef struct cn_response {
    int status;          /* 200 when a handler starts */
    cn_slice media_type; /* "text/html; charset=utf-8" */
    cn_fields headers;   /* beside those the router adds */
    cn_slice body;       /* on the request's arena, or static */
    bool immutable;      /* may be cached for a year (its URL carries a digest) */
} cn_response;

/* Who may call a route; the site's permit() says so before the handler runs. Roles are those in the organisation
 * that the path's ":org" segment names: an administrator may do what every role may, and everybody with a role may
 * view. */
typedef enum cn_permission {
    CN_PUBLIC,    /* anybody */
    CN_SIGNED_IN, /* anybody with a session */
    CN_PROVEN,    /* anybody whose session proves an address or a passkey, as a link that is passed on does not */
    CN_VIEWER,
    CN_ISSUER,
    CN_DESIGNER,
    CN_REVIEWER,
    CN_ADMINISTRATOR,
    CN_DEMO, /* anybody, in demo mode; elsewhere there is nothing at this address */
    CN_PERMISSIONS
} cn_permission;

/* What keeps another site's page from sending a form in somebody's name. A route that answers POST names one, or
 * says that it changes nothing. */
typedef enum cn_csrf {
    CN_CSRF_NONE,  /* reads no session, or changes nothing */
    CN_CSRF_TOKEN, /* for people who are signed in: the form's field "csrf" (site.check_csrf), and the origin too
                    */
    /* For people who are not signed in. What the browser says of the sender decides, the first of these that the
     * request has: Sec-Fetch-Site must be "same-origin" or "none" (typed by the person); Origin must be the
     * site's; Referer must be of the site's origin. A request without any of them comes from no browser that holds
     * somebody's cookies, and is let through. */
    CN_CSRF_ORIGIN
} cn_csrf;

struct cn_route {
    cn_method method; /* CN_GET answers HEAD too */
    const char *path; /* "/verify", "/static/:file": ":name" matches one segment, given in args */
    /* On false the error's page is shown, with the status of its code. What answers GET changes nothing that
     * matters, and answers HEAD too. */
    bool (*handle)(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
    cn_permission permission;
    cn_csrf csrf;
    size_t max_body;          /* bytes */
    int cost;                 /* tokens taken from the address's bucket; 0: none */
    bool own_too_large;       /* the handler answers a body over the limit itself; otherwise the error page does */
    bool own_wait;            /* so too when the address must wait; Retry-After is set */
    bool quick;               /* the handler neither waits nor computes much: it needs no worker */
    bool changes_nothing : 1; /* a POST that may go without CSRF: what it answers depends on what was sent alone */
    bool json : 1;            /* it is for programs: errors are problem details, whatever the request accepts */
};

/* The routes of one file of pages. */
typedef struct cn_route_group {
    const cn_route *routes;
    size_t n;
} cn_route_group;

/* ---- Requests ---- */

cn_slice cn_request_header(const cn_request *rq, cn_slice name); /* name in lower case; empty when absent */
cn_slice cn_request_arg(const cn_request *rq, cn_slice name);    /* the first of that name; empty when absent */
const cn_form_part *cn_request_part(const cn_request *rq, cn_slice name); /* the first; NULL when absent */
/* The value of a text field, without white space around it; empty when absent or a file. */
cn_slice cn_request_text(const cn_request *rq, cn_slice name);

/* The value of a cookie as cn_response_cookie set it; empty when absent. */
cn_slice cn_request_cookie(const cn_request *rq, cn_slice name);

/* Splits a raw request target into rq->path, query and args. INVALID "http.target", "http.path",
 * "http.percent", "http.utf8"; LIMIT "http.args", "memory.limit". */
CN_MUST_USE bool cn_request_target(cn_request *rq, cn_slice target, cn_err *err);

/* Decodes "%41"; `plus` reads "+" as a space. INVALID "http.percent", "http.utf8" (or a NUL). Borrowed from
 * `s` where nothing was escaped. */
CN_MUST_USE bool cn_percent_decode(cn_arena *a, cn_slice s, bool plus, cn_slice *out, cn_err *err);

/* Forms. INVALID "form.syntax", "form.utf8", "form.percent"; LIMIT "form.parts", "form.header". Values are
 * borrowed from the body where they can be. */
CN_MUST_USE bool cn_form_read_urlencoded(cn_arena *a, cn_slice body, cn_form *out, cn_err *err);
CN_MUST_USE bool cn_form_read_multipart(cn_arena *a, cn_slice body, cn_slice content_type, cn_form *out,
                                        cn_err *err);

/* The best of the languages for an Accept-Language header (RFC 9110, 12.5.4; lookup of RFC 4647, 3.4);
 * the first when nothing fits. */
cn_slice cn_language_choose(cn_slice accept_language, const cn_slice *languages, size_t n);

/* Takes tokens of the address beside the route's. False when there are too few, and then how many seconds
 * until there are enough. */
bool cn_request_take(const cn_request *rq, int cost, int *wait);

/* ---- Responses ---- */

CN_MUST_USE bool cn_response_header(const cn_request *rq, cn_response *rs, cn_slice name, cn_slice value);
/* A 303 to a path of this site. */
CN_MUST_USE bool cn_response_see_other(const cn_request *rq, cn_response *rs, cn_slice path);
/* A cookie for this site alone: HttpOnly, SameSite=Lax, Path=/; where the site's origin is https, Secure, and with
 * the prefix "__Host-" before its name, so that no other host can set it. `max_age` in seconds; 0: until the
 * browser is closed. The value is of visible ASCII without quotes, commas, semicolons and backslashes; false
 * otherwise. */
CN_MUST_USE bool cn_response_cookie(const cn_request *rq, cn_response *rs, cn_slice name, cn_slice value,
                                    int64_t max_age);
CN_MUST_USE bool cn_response_cookie_remove(const cn_request *rq, cn_response *rs, cn_slice name);
/* 429 and Retry-After. */
CN_MUST_USE bool cn_response_wait(const cn_request *rq, cn_response *rs, int seconds);
/* Problem details (RFC 9457) of an error: "type" is about:blank, "status", "title", "code" (its id), "detail". */
CN_MUST_USE bool cn_response_problem(const cn_request *rq, int status, const cn_err *why, cn_response *rs);
/* "Not Found"; static. */
const char *cn_status_phrase(int status);
/* INVALID 400, NOT_FOUND 404, DENIED 403, CONFLICT 409, LIMIT 413 …: the one table. */
int cn_status_of(const cn_err *err);

/* ---- Limits ---- */

/* Buckets of tokens, one an address (IPv6: one a /64), in a table of bounded size: the least recently seen
 * address makes room. Safe from any thread. */
cn_limit *cn_limit_new(double per_minute, double burst, size_t max_addresses);
void cn_limit_free(cn_limit *l);
/* Takes `cost` tokens at a time that only goes forward. False when there are too few, and then how many seconds
 * until there are enough (at least 1). */
bool cn_limit_take(cn_limit *l, cn_slice address, int cost, int64_t now_ms, int *retry_after);

/* ---- The site ---- */

typedef struct cn_site {
    void *app;              /* passed to handlers */
    cn_slice origin;        /* "https://cairn.example", without slash */
    const cn_route *routes; /* cn_site_join makes them of groups */
    size_t routes_n;
    /* Who asks, and may they? Asked once for every route, before its handler and before its limits; fills
     * rq->session where somebody is signed in, for CN_PUBLIC too. On false the error's page is shown: DENIED
     * "sign-in.needed", DENIED "role.small"; NOT_FOUND "http.path" where guessing must tell nothing (no member of
     * that organisation, no such organisation, no demo). NULL: everything but CN_PUBLIC is refused. */
    bool (*permit)(void *app, cn_request *rq, cn_err *err);
    /* Makes the page of an error (400, 403, 404, 405, 413, 429, 500, …): in the request's language. The request
     * may be incomplete: no path, no headers. It may lead elsewhere instead: a status of 303 stays. NULL or false:
     * a plain text. */
    bool (*error_page)(void *app, const cn_request *rq, int status, const cn_err *why, cn_response *rs);
    cn_slice (*choose_language)(void *app, const cn_request *rq); /* NULL: ?lang=en|fr, then Accept-Language */
    /* Whether a POST to a CN_CSRF_TOKEN route carries its token. NULL: such routes are refused. */
    bool (*check_csrf)(void *app, const cn_request *rq);
} cn_site;

/* Puts the groups' routes together, the first that fits counts. A row that lacks what it must say is a bug, and
 * asserts: a path, a handler, and for POST its CSRF or that it changes nothing. On the arena. */
CN_MUST_USE bool cn_site_join(cn_arena *a, cn_site *site, const cn_route_group *const *groups, size_t n,
                              cn_err *err);

/* Finds the route, checks method, permission, CSRF, limits and form, runs the handler, adds the security headers
 * (strict CSP, nosniff, no referrer to others, frame-ancestors none, COOP), and no-store to every answer that
 * somebody who is signed in gets. Never fails: a failure is a response. */
void cn_site_answer(const cn_site *site, cn_request *rq, cn_response *rs);
/* The answer to what went wrong before there was a route. */
void cn_site_refuse(const cn_site *site, cn_request *rq, int status, const cn_err *why, cn_response *rs);
/* The route for rq->method and rq->path, or NULL. Names of segments are not set. */
const cn_route *cn_site_route(const cn_site *site, const cn_request *rq);
/* Whether a body is waited for: a large one only of who may send it, looked up before its first byte, so that
 * nobody else fills the memory. Who may not is refused by cn_site_answer. */
bool cn_site_takes_body(const cn_site *site, cn_request *rq, const cn_route *route);

/* ---- The server ---- */

typedef struct cn_server cn_server;
typedef struct cn_server_options {
    const char *address;                      /* "127.0.0.1", "::1" */
    uint16_t port;                            /* 0: any free one */
    unsigned threads;                         /* 0: four for each processor; an address gets half of them */
    size_t max_connections, max_header_bytes; /* 0: 1,000; 16 KiB */
    unsigned max_per_address;                 /* connections; 0: 50 */
    unsigned timeout_seconds;                 /* idle; 0: 15 */
    size_t request_memory;                    /* arena maximum of one request; 0: 128 MiB */
    double rate_per_minute;                   /* tokens an address; 0: 60 */
    double rate_burst;                        /* 0: 30 */
    unsigned stop_seconds;                    /* for what is under way at the stop; 0: 10 */
    bool free_loopback;                       /* no limit for this machine's own addresses */
    bool trust_proxy; /* the peer is the last address of X-Forwarded-For, where there is one */
} cn_server_options;

/* Starts threads and returns; the site must outlive it. UNAVAILABLE "http.listen". */
CN_MUST_USE bool cn_server_start(const cn_site *site, const cn_server_options *options, cn_server **out,
                                 cn_err *err);
uint16_t cn_server_port(const cn_server *s);
/* Answers what is under way, then frees. NULL is accepted. False when a handler was still at work at the end of
 * the time for that: what stood in line was answered with 503, nothing is freed, and the process has to end. */
CN_MUST_USE bool cn_server_stop(cn_server *s);

#endif
