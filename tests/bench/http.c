/* SPDX-License-Identifier: Apache-2.0
 *
 * Asks a server on this machine for the same again and again, over connections that stay open, and says how often
 * it was answered as it should be. One thread.
 *
 * usage: bench_http PORT PATH MEDIA_TYPE FILE CONNECTIONS MILLISECONDS WORDS
 *
 * Each request is a POST of the file; each answer must have status 200 and hold the words. Prints
 * "TIMES WALL_SECONDS CPU_SECONDS", or "error WHY".
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

#include "base/base.h"

enum {
    FILE_MAX = 1 << 20,
    HEAD_MAX = 1024,
    ANSWER_MAX = 1 << 20,
    CONNECTIONS_MAX = 256,
    EVENTS = 64,
    WAIT_MS = 10000
};

typedef struct load {
    cn_arena *arena;
    uint16_t port;
    char *request;
    size_t request_n;
    cn_slice words;
    size_t answers;
} load;

typedef struct connection {
    int socket;
    char *answer;
    size_t n, expected; /* bytes so far; of the whole answer, 0 until its head is there */
} connection;

static double seconds(clockid_t clock) {
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool fail(const char *why, cn_slice what) {
    printf("error %s %.*s\n", why, CN_ARG(cn_slice_sub(what, 0, 200)));
    return false;
}

/* It fits into the socket's buffer: the answer to the one before has been read. */
static bool ask(const load *l, connection *c) {
    size_t sent = 0;
    c->n = c->expected = 0;
    while (sent < l->request_n) {
        ssize_t n = write(c->socket, l->request + sent, l->request_n - sent);
        if (n <= 0) return fail("a request could not be sent", CN_S(""));
        sent += (size_t)n;
    }
    return true;
}

static size_t length_of(cn_slice head) {
    static const char name[] = "\r\nContent-Length: ";
    size_t at = cn_slice_find(head, CN_S("\r\nContent-Length: "));
    uint64_t length = 0;
    cn_slice value, rest;
    if (at == SIZE_MAX) return SIZE_MAX;
    (void)cn_slice_cut(cn_slice_from(head, at + sizeof name - 1), '\r', &value, &rest);
    return cn_slice_to_u64(value, ANSWER_MAX / 2, &length) ? (size_t)length : SIZE_MAX;
}

static bool read_head(connection *c) {
    cn_slice all = cn_slice_bytes(c->answer, c->n);
    size_t end = cn_slice_find(all, CN_S("\r\n\r\n"));
    if (end == SIZE_MAX) return true;
    size_t length = length_of(cn_slice_sub(all, 0, end + 2));
    if (length == SIZE_MAX) return fail("an answer does not say how long it is:", all);
    c->expected = end + 4 + length;
    return true;
}

static bool take(load *l, connection *c) {
    cn_slice all = cn_slice_bytes(c->answer, c->n);
    if (!cn_slice_starts(all, CN_S("HTTP/1.1 200 ")) || cn_slice_find(all, l->words) == SIZE_MAX)
        return fail("an answer is not as it should be:", all);
    l->answers++;
    return ask(l, c);
}

static bool hear(load *l, connection *c) {
    ssize_t n = read(c->socket, c->answer + c->n, ANSWER_MAX - c->n);
    if (n <= 0) return fail("a connection was closed", CN_S(""));
    c->n += (size_t)n;
    if (!c->expected && !read_head(c)) return false;
    return !c->expected || c->n < c->expected || take(l, c);
}

static bool open_one(const load *l, int poll, connection *c) {
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(l->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    int one = 1;
    c->answer = cn_arena_alloc(l->arena, ANSWER_MAX);
    c->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (!c->answer || c->socket < 0 || connect(c->socket, (const struct sockaddr *)&to, sizeof to))
        return fail("the server cannot be reached", CN_S(""));
    (void)setsockopt(c->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return !epoll_ctl(poll, EPOLL_CTL_ADD, c->socket, &event) && ask(l, c);
}

static bool run(load *l, size_t connections, double until) {
    connection all[CONNECTIONS_MAX] = {0};
    struct epoll_event events[EVENTS];
    int poll = epoll_create1(0);
    for (size_t i = 0; i < connections; i++)
        if (!open_one(l, poll, &all[i])) return false;
    while (seconds(CLOCK_MONOTONIC) < until) {
        int n = epoll_wait(poll, events, EVENTS, WAIT_MS);
        if (n <= 0) return fail("nothing came for ten seconds", CN_S(""));
        for (int i = 0; i < n; i++)
            if (!hear(l, events[i].data.ptr)) return false;
    }
    return true; /* what is open ends with the program */
}

static bool make_request(load *l, char **argv) {
    FILE *f = fopen(argv[4], "rb");
    l->request = cn_arena_alloc(l->arena, HEAD_MAX + FILE_MAX);
    char *body = cn_arena_alloc(l->arena, FILE_MAX);
    size_t n = f && body ? fread(body, 1, FILE_MAX, f) : 0;
    if (f) (void)fclose(f);
    if (!n || !l->request) return fail("the file cannot be read", CN_S(""));
    int head = snprintf(l->request, HEAD_MAX,
                        "POST %s HTTP/1.1\r\nHost: localhost:%s\r\nContent-Type: %s\r\nAccept: */*\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        argv[2], argv[1], argv[3], n);
    if (head <= 0 || head >= HEAD_MAX) return fail("the path is too long", CN_S(""));
    memcpy(l->request + head, body, n);
    l->request_n = (size_t)head + n;
    return true;
}

int main(int argc, char **argv) {
    uint64_t port, connections, ms;
    if (argc != 8 || !cn_slice_to_u64(cn_slice_of(argv[1]), UINT16_MAX, &port) ||
        !cn_slice_to_u64(cn_slice_of(argv[5]), CONNECTIONS_MAX, &connections) ||
        !cn_slice_to_u64(cn_slice_of(argv[6]), 600000, &ms))
        return fputs("usage: bench_http PORT PATH MEDIA_TYPE FILE CONNECTIONS MILLISECONDS WORDS\n", stderr), 64;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)2 * CONNECTIONS_MAX * ANSWER_MAX);
    load l = {.arena = a, .port = (uint16_t)port, .words = cn_slice_of(argv[7])};
    double start = seconds(CLOCK_MONOTONIC);
    bool good = make_request(&l, argv) && run(&l, connections, start + (double)ms / 1e3);
    if (good)
        printf("%zu %.9f %.9f\n", l.answers, seconds(CLOCK_MONOTONIC) - start, seconds(CLOCK_PROCESS_CPUTIME_ID));
    return !good;
}
