/* SPDX-License-Identifier: Apache-2.0
 *
 * The server: alone sees libmicrohttpd. Its threads read requests and write responses; handlers run on workers
 * while their connection is suspended. An exchange, all on one arena, lives from the request line to the end of
 * the response.
 *
 * libmicrohttpd 0.9.75 lets pass, even when strict, what two readers may take for two things: repeated or
 * contradicting lengths, folded header lines, NUL, a bare LF. head.c refuses the first kind by the fields; the
 * others by account: the bytes of all fields as they should stand must be the bytes that came.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

#include "http/inside.h"

enum {
    MAX_FIELDS = 100,
    DRAIN_MAX = 32 << 20, /* bytes over the limit that are still read, so that a browser gets to see the 413 */
    DRAIN_MS = 10000,
    BODY_MS = 120000, /* for a whole body */
    STOP_S = 10,      /* for what is under way when the server stops */
    LAST_S = 1,       /* then for what has to be refused */
    BUSY_WAIT_S = 5,  /* what is said to an address that has too much under way */
    MAX_ADDRESSES = 65536
};

struct cn_server {
    const cn_site *site;
    cn_arena *arena;
    struct MHD_Daemon *daemon;
    cn_workers *workers;
    cn_limit *limit;
    size_t max_header, request_memory;
    unsigned each; /* costly jobs of one address at once */
    unsigned stop_seconds;
    bool trust_proxy, free_loopback;
    atomic_bool stopping;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t ended;
    size_t under_way;
};

typedef struct exchange {
    cn_job job; /* first: a job is an exchange */
    cn_server *server;
    struct MHD_Connection *connection;
    cn_request rq;
    cn_response rs;
    cn_slice target;
    cn_head head;
    cn_buf body;
    size_t max_body;
    uint64_t received;
    int64_t body_until_ms;
    bool begun, answered, close, entered;
} exchange;

static int64_t tick_ms(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static cn_time wall_clock(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (cn_time){t.tv_sec, (int32_t)t.tv_nsec};
}

/* ---- The head ---- */

typedef struct head_reader {
    cn_request *rq;
    size_t bytes; /* the fields as lines */
    bool odd, full;
} head_reader;

/* A field stands in the connection's memory as it came: its name, a NUL where the colon was, blanks, its value.
 * One that was folded does not. */
static enum MHD_Result read_field(void *self, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                  const char *value, size_t value_n) {
    (void)kind;
    head_reader *r = self;
    cn_arena *a = r->rq->arena;
    uintptr_t start = (uintptr_t)name, end = (uintptr_t)value;
    cn_slice n, v;
    r->odd = r->odd || !value || end <= start + name_n || name[name_n] != 0;
    for (size_t i = name_n + 1; !r->odd && i < end - start; i++) r->odd = name[i] != ' ' && name[i] != '\t';
    if (r->odd || r->rq->headers.n == MAX_FIELDS) {
        r->full = !r->odd;
        return MHD_NO;
    }
    r->bytes += end - start + value_n + 2;
    r->full = !cn_arena_copy(a, cn_slice_bytes(name, name_n), &n) ||
              !cn_arena_copy(a, cn_slice_trim(cn_slice_bytes(value, value_n)), &v);
    if (r->full) return MHD_NO;
    for (size_t i = 0; i < n.n; i++)
        if (n.p[i] >= 'A' && n.p[i] <= 'Z') ((char *)(uintptr_t)n.p)[i] |= 0x20;
    r->full = !cn_fields_add(a, &r->rq->headers, n, v);
    return r->full ? MHD_NO : MHD_YES;
}

static cn_method read_method(cn_slice method) {
    static const cn_slice names[] = {
        [CN_GET] = CN_S_INIT("GET"), [CN_HEAD] = CN_S_INIT("HEAD"), [CN_POST] = CN_S_INIT("POST")};
    for (size_t i = 0; i < CN_METHODS; i++)
        if (cn_slice_eq(method, names[i])) return (cn_method)i;
    return CN_METHODS;
}

static bool read_fields(exchange *x, cn_slice method, cn_slice version, int *status, cn_err *err) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    head_reader r = {.rq = &x->rq};
    size_t came = info ? info->header_size : 0;
    (void)MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, read_field, &r);
    *status = 431;
    if (r.full || came > x->server->max_header)
        return cn_fail(err, CN_LIMIT, "http.header", "The header fields are too many or too large.");
    *status = 400;
    /* The request line with its two spaces and line end, the fields, the empty line. */
    if (r.odd || method.n + x->target.n + version.n + 4 + r.bytes + 2 != came)
        return cn_fail(err, CN_INVALID, "http.header", "The request's head is malformed.");
    return true;
}

static bool read_head(exchange *x, cn_slice method, cn_slice version, int *status, cn_err *err) {
    if (!read_fields(x, method, version, status, err) ||
        !cn_head_check(&x->rq.headers, version, &x->head, status, err))
        return false;
    *status = 400;
    if (cn_request_target(&x->rq, x->target, err)) return true;
    if (err->code == CN_LIMIT) *status = cn_status_of(err) == 503 ? 503 : 414;
    return false;
}

/* ---- Who asks ---- */

static bool is_address(cn_slice s) {
    char text[INET6_ADDRSTRLEN];
    uint8_t ip[16];
    if (!s.n || s.n >= sizeof text) return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    return inet_pton(AF_INET, text, ip) == 1 || inet_pton(AF_INET6, text, ip) == 1;
}

/* The last address is the one our own proxy saw; those before it are what the client says. */
static cn_slice forwarded(const cn_request *rq) {
    cn_slice last = {0}, head;
    for (size_t i = 0; i < rq->headers.n; i++)
        if (cn_slice_eq(rq->headers.v[i].name, CN_S("x-forwarded-for"))) last = rq->headers.v[i].value;
    while (cn_slice_cut(last, ',', &head, &last)) {
    }
    last = cn_slice_trim(head);
    return is_address(last) ? last : (cn_slice){0};
}

static cn_slice peer_of(exchange *x) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[INET6_ADDRSTRLEN] = "";
    cn_slice peer;
    if (info && info->client_addr->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, info->client_addr, sizeof in);
        (void)inet_ntop(AF_INET, &in.sin_addr, text, sizeof text);
    } else if (info && info->client_addr->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, info->client_addr, sizeof in6);
        (void)inet_ntop(AF_INET6, &in6.sin6_addr, text, sizeof text);
    }
    return cn_arena_copy(x->rq.arena, cn_slice_of(text), &peer) ? peer : (cn_slice){0};
}

static bool is_loopback(cn_slice peer) {
    return cn_slice_starts(peer, CN_S("127.")) || cn_slice_eq(peer, CN_S("::1"));
}

/* ---- The response ---- */

static bool add_headers(struct MHD_Response *r, exchange *x) {
    const cn_response *rs = &x->rs;
    bool ok = !rs->media_type.n || MHD_add_response_header(r, "content-type", rs->media_type.p) == MHD_YES;
    for (size_t i = 0; ok && i < rs->headers.n; i++)
        ok = MHD_add_response_header(r, rs->headers.v[i].name.p, rs->headers.v[i].value.p) == MHD_YES;
    if (ok && (x->close || atomic_load(&x->server->stopping)))
        ok = MHD_add_response_header(r, "connection", "close") == MHD_YES;
    return ok;
}

/* The body is borrowed: the arena lives until on_completed. */
static enum MHD_Result queue(exchange *x) {
    struct MHD_Response *r =
        MHD_create_response_from_buffer(x->rs.body.n, (void *)(uintptr_t)x->rs.body.p, MHD_RESPMEM_PERSISTENT);
    if (!r) return MHD_NO;
    enum MHD_Result done = MHD_NO;
    if (add_headers(r, x)) done = MHD_queue_response(x->connection, (unsigned)x->rs.status, r);
    MHD_destroy_response(r);
    return done;
}

static void terminate_strings(exchange *x) {
    /* libmicrohttpd wants NUL-terminated texts; slices of handlers need not be. */
    cn_arena *a = x->rq.arena;
    bool ok = cn_arena_copy(a, x->rs.media_type, &x->rs.media_type);
    for (size_t i = 0; ok && i < x->rs.headers.n; i++)
        ok = cn_arena_copy(a, x->rs.headers.v[i].name, &x->rs.headers.v[i].name) &&
             cn_arena_copy(a, x->rs.headers.v[i].value, &x->rs.headers.v[i].value);
    if (!ok) cn_response_bare(503, &x->rs);
}

static void answer(exchange *x) {
    cn_site_answer(x->server->site, &x->rq, &x->rs);
    terminate_strings(x);
    x->answered = true;
}

static void leave(exchange *x) {
    if (x->entered) cn_limit_leave(x->server->limit, x->rq.peer);
    x->entered = false;
}

static void run_job(cn_job *job) {
    exchange *x = (exchange *)job;
    answer(x);
    leave(x);
    MHD_resume_connection(x->connection);
}

/* Before the body was read: libmicrohttpd closes the connection behind such an answer. */
static enum MHD_Result refuse(exchange *x, int status, const cn_err *why) {
    x->close = true;
    cn_site_refuse(x->server->site, &x->rq, status, why, &x->rs);
    terminate_strings(x);
    return queue(x);
}

/* ---- The course of an exchange ---- */

/* The request line has come; it is shown here before libmicrohttpd changes it. */
static void *on_target(void *self, const char *target, struct MHD_Connection *connection) {
    cn_server *s = self;
    cn_arena *a = cn_arena_new(s->request_memory);
    exchange *x = CN_NEW(a, exchange);
    if (!x || !cn_arena_copy(a, cn_slice_of(target), &x->target)) {
        cn_arena_free(a);
        return NULL;
    }
    x->server = s;
    x->connection = connection;
    x->rq.arena = a;
    x->rq.method = CN_METHODS;
    x->rq.limit = s->limit;
    return x;
}

static enum MHD_Result begin(exchange *x, cn_slice method, cn_slice version) {
    cn_server *s = x->server;
    cn_err err;
    int status = 400;
    x->begun = true;
    (void)pthread_mutex_lock(&s->lock);
    s->under_way++;
    (void)pthread_mutex_unlock(&s->lock);
    x->rq.now = wall_clock();
    x->rq.tick_ms = tick_ms();
    x->rq.method = read_method(method);
    if (!read_head(x, method, version, &status, &err)) return refuse(x, status, &err);
    x->rq.peer = s->trust_proxy ? forwarded(&x->rq) : (cn_slice){0};
    if (!x->rq.peer.n) x->rq.peer = peer_of(x);
    if (s->free_loopback && is_loopback(x->rq.peer)) x->rq.limit = NULL;
    const cn_route *route = cn_site_route(s->site, &x->rq);
    x->max_body = route && cn_site_takes_body(s->site, &x->rq, route) ? route->max_body : 0;
    x->body = cn_buf_on(x->rq.arena, x->max_body ? x->max_body : 1);
    x->body_until_ms = x->rq.tick_ms + BODY_MS;
    if (x->head.content_length <= x->max_body) return MHD_YES;
    x->close = x->rq.body_too_large = true;
    x->body_until_ms = x->rq.tick_ms + DRAIN_MS;
    if (!x->head.expects_continue && x->head.content_length <= DRAIN_MAX) return MHD_YES;
    answer(x);
    return queue(x);
}

static enum MHD_Result receive(exchange *x, const char *bytes, size_t n) {
    x->received += n;
    if (!x->rq.body_too_large && x->received <= x->max_body) {
        cn_buf_add(&x->body, cn_slice_bytes(bytes, n));
    }
    bool over = x->received > x->max_body || !cn_buf_ok(&x->body);
    if (over && !x->rq.body_too_large) {
        x->close = x->rq.body_too_large = true;
        x->body_until_ms = tick_ms() + DRAIN_MS;
    }
    /* Neither endless nor ever so slowly. */
    return x->received <= x->max_body + DRAIN_MAX && tick_ms() <= x->body_until_ms ? MHD_YES : MHD_NO;
}

/* The server has waited long enough to stop. */
static void drop(exchange *x) {
    leave(x);
    cn_response_bare(503, &x->rs);
    x->answered = true;
    MHD_resume_connection(x->connection);
}

/* What is answered here goes on when all workers are at work: quick pages, errors, and that there is too much of
 * one address under way, so that some workers are left for the others. */
static bool needs_worker(exchange *x) {
    cn_server *s = x->server;
    const cn_route *route = cn_site_route(s->site, &x->rq);
    if (!route || route->quick) return false;
    if (!route->cost || !x->rq.limit) return true;
    x->entered = cn_limit_enter(s->limit, x->rq.peer, s->each, x->rq.tick_ms);
    if (!x->entered) x->rq.wait = BUSY_WAIT_S;
    return x->entered;
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data, size_t *data_n,
                                  void **context) {
    (void)self, (void)connection, (void)url;
    exchange *x = *context;
    if (!x) return MHD_NO;
    if (!x->begun) return begin(x, cn_slice_of(method), cn_slice_of(version));
    if (*data_n) {
        size_t n = *data_n;
        *data_n = 0;
        return receive(x, data, n);
    }
    if (x->answered) return queue(x);
    if (!x->rq.body_too_large) x->rq.body = cn_buf_slice(&x->body);
    if (!needs_worker(x)) {
        answer(x);
        return queue(x);
    }
    MHD_suspend_connection(x->connection);
    if (!cn_workers_add(x->server->workers, &x->job)) drop(x);
    return MHD_YES;
}

static void on_completed(void *self, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode how) {
    (void)connection, (void)how;
    cn_server *s = self;
    exchange *x = *context;
    *context = NULL;
    if (!x) return;
    bool begun = x->begun;
    cn_arena_free(x->rq.arena);
    if (!begun) return;
    (void)pthread_mutex_lock(&s->lock);
    s->under_way--;
    (void)pthread_cond_broadcast(&s->ended);
    (void)pthread_mutex_unlock(&s->lock);
}

/* Our own decoder takes the path as it came. */
static size_t leave_escaped(void *self, struct MHD_Connection *connection, char *s) {
    (void)self, (void)connection;
    return strlen(s);
}

/* ---- Start and stop ---- */

typedef union address {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
} address;

static bool read_address(const cn_server_options *o, address *out, unsigned *flags, cn_err *err) {
    const char *text = o->address ? o->address : "127.0.0.1";
    *out = (address){0};
    if (inet_pton(AF_INET, text, &out->in.sin_addr) == 1) {
        out->in.sin_family = AF_INET;
        out->in.sin_port = htons(o->port);
        return true;
    }
    if (inet_pton(AF_INET6, text, &out->in6.sin6_addr) != 1)
        return cn_fail(err, CN_UNAVAILABLE, "http.listen", "\"%s\" is no IP address.", text);
    out->in6.sin6_family = AF_INET6;
    out->in6.sin6_port = htons(o->port);
    *flags |= MHD_USE_IPv6;
    return true;
}

static unsigned processors(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

static unsigned or_else(unsigned value, unsigned otherwise) {
    return value ? value : otherwise;
}

/* MHD_OPTION_LISTENING_ADDRESS_REUSE would let a second server take the same port (SO_REUSEPORT); without it
 * libmicrohttpd sets SO_REUSEADDR, so that a restart need not wait. */
static bool listen_on(cn_server *s, const cn_server_options *o, cn_err *err) {
    address where;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    if (!read_address(o, &where, &flags, err)) return false;
    unsigned connections = o->max_connections ? (unsigned)o->max_connections : 1000;
    /* Behind a proxy every connection comes from its address. */
    unsigned each = o->trust_proxy ? 0 : or_else(o->max_per_address, 50);
    unsigned io = processors() < 2 ? 2 : processors() > 4 ? 4 : processors();
    const struct MHD_OptionItem options[] = {
        {MHD_OPTION_SOCK_ADDR, 0, &where.any},
        {MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)io, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)connections, NULL},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, (intptr_t)each, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)or_else(o->timeout_seconds, 15), NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)(2 * s->max_header + 8192), NULL},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_escaped, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_target, s},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, s},
        /* Level 1 would only refuse a space in the target and a missing Host, as head.c does with a page. */
        {MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    errno = 0;
    s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (s->daemon) return true;
    return cn_fail(err, CN_UNAVAILABLE, "http.listen", "Cannot listen on %s, port %d: %s.",
                   o->address ? o->address : "127.0.0.1", o->port, errno ? strerror(errno) : "unknown reason");
}

static void release(cn_server *s) {
    cn_workers_free(s->workers); /* first: libmicrohttpd cannot stop while a connection is suspended */
    if (s->daemon) MHD_stop_daemon(s->daemon);
    cn_limit_free(s->limit);
    (void)pthread_cond_destroy(&s->ended);
    (void)pthread_mutex_destroy(&s->lock);
    cn_arena_free(s->arena);
}

static void init_lock(cn_server *s) {
    pthread_condattr_t attributes;
    (void)pthread_mutex_init(&s->lock, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&s->ended, &attributes);
    (void)pthread_condattr_destroy(&attributes);
}

bool cn_server_start(const cn_site *site, const cn_server_options *options, cn_server **out, cn_err *err) {
    cn_arena *a = cn_arena_new(0);
    cn_server *s = CN_NEW(a, cn_server);
    if (!s) cn_no_memory();
    s->arena = a;
    s->site = site;
    s->max_header = options->max_header_bytes ? options->max_header_bytes : 16384;
    s->request_memory = options->request_memory ? options->request_memory : (size_t)128 << 20;
    s->trust_proxy = options->trust_proxy;
    s->free_loopback = options->free_loopback;
    s->stop_seconds = or_else(options->stop_seconds, STOP_S);
    init_lock(s);
    s->limit = cn_limit_new(options->rate_per_minute > 0 ? options->rate_per_minute : 60,
                            options->rate_burst >= 1 ? options->rate_burst : 30, MAX_ADDRESSES);
    /* Handlers may wait for others' servers: more workers than processors. */
    s->workers = cn_workers_start(or_else(options->threads, 4 * processors()), run_job);
    s->each = s->workers ? or_else(cn_workers_count(s->workers) / 2, 1) : 0;
    bool ok = s->workers || cn_fail(err, CN_UNAVAILABLE, "http.listen", "No thread could be started.");
    if (!ok || !listen_on(s, options, err)) {
        release(s);
        return false;
    }
    *out = s;
    return true;
}

uint16_t cn_server_port(const cn_server *s) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

static void wait_for_exchanges(cn_server *s, unsigned seconds) {
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    (void)pthread_mutex_lock(&s->lock);
    while (s->under_way && pthread_cond_timedwait(&s->ended, &s->lock, &until) != ETIMEDOUT) {
    }
    (void)pthread_mutex_unlock(&s->lock);
}

/* Those that stand in line are refused; there is no way to end a handler at work. */
static bool drop_all(cn_server *s) {
    cn_job *next;
    for (cn_job *job = cn_workers_close(s->workers); job; job = next) {
        next = job->next;
        drop((exchange *)job);
    }
    wait_for_exchanges(s, LAST_S);
    return cn_workers_wait(s->workers, LAST_S);
}

bool cn_server_stop(cn_server *s) {
    if (!s) return true;
    atomic_store(&s->stopping, true);
    MHD_socket listening = MHD_quiesce_daemon(s->daemon);
    /* Nobody gets through any more. Its number stays taken while libmicrohttpd's threads may still name it to
     * epoll: they abort where it is nobody's, or somebody else's. */
    if (listening != MHD_INVALID_SOCKET) (void)shutdown(listening, SHUT_RDWR);
    wait_for_exchanges(s, s->stop_seconds);
    if (!drop_all(s)) return false;
    release(s);
    if (listening != MHD_INVALID_SOCKET) (void)close(listening);
    return true;
}
