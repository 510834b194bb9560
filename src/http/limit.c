/* SPDX-License-Identifier: Apache-2.0
 *
 * Buckets of tokens by address, in a table of fixed size made at the start. A row is found by a hash, and the
 * rows hang in a list by when they were last seen: the oldest makes room. Nothing is kept on disk.
 */
#include <arpa/inet.h>
#include <math.h>
#include <pthread.h>

#include "http/inside.h"

#define NONE UINT32_MAX

/* The address in bytes; of IPv6 the first 64 bits, which are one household's. */
typedef struct key {
    uint8_t bytes[9]; /* family, then up to eight bytes */
} key;

typedef struct row {
    key key;
    double tokens;
    int64_t at_ms;
    unsigned at_once;
    uint32_t next;         /* in the chain of its hash */
    uint32_t older, newer; /* in the list by time */
} row;

struct cn_limit {
    cn_arena *arena;
    pthread_mutex_t lock;
    double per_ms, burst;
    row *rows;
    uint32_t *heads;
    uint32_t max, used, mask, oldest, newest;
};

static key key_of(cn_slice address) {
    static const uint8_t mapped[12] = {[10] = 0xff, 0xff}; /* RFC 4291, 2.5.5.2 */
    key k = {{0}};
    char text[INET6_ADDRSTRLEN];
    uint8_t ip[16];
    if (address.n >= sizeof text) return k;
    memcpy(text, address.p, address.n);
    text[address.n] = 0;
    if (inet_pton(AF_INET, text, ip) == 1) {
        k.bytes[0] = 4;
        memcpy(k.bytes + 1, ip, 4);
    } else if (inet_pton(AF_INET6, text, ip) == 1) {
        bool is_ipv4 = !memcmp(ip, mapped, sizeof mapped);
        k.bytes[0] = is_ipv4 ? 4 : 6;
        memcpy(k.bytes + 1, is_ipv4 ? ip + 12 : ip, is_ipv4 ? 4 : 8);
    }
    return k; /* what is no address shares one bucket */
}

static uint32_t *head_of(cn_limit *l, const key *k) {
    return &l->heads[cn_slice_hash(cn_slice_bytes(k->bytes, sizeof k->bytes)) & l->mask];
}

static void unlink_time(cn_limit *l, uint32_t i) {
    row *r = &l->rows[i];
    if (r->older == NONE) l->oldest = r->newer;
    else l->rows[r->older].newer = r->newer;
    if (r->newer == NONE) l->newest = r->older;
    else l->rows[r->newer].older = r->older;
}

static void link_newest(cn_limit *l, uint32_t i) {
    row *r = &l->rows[i];
    r->older = l->newest;
    r->newer = NONE;
    if (l->newest == NONE) l->oldest = i;
    else l->rows[l->newest].newer = i;
    l->newest = i;
}

static void unlink_hash(cn_limit *l, uint32_t i) {
    uint32_t *at = head_of(l, &l->rows[i].key);
    while (*at != i) at = &l->rows[*at].next;
    *at = l->rows[i].next;
}

static uint32_t find(cn_limit *l, const key *k) {
    uint32_t i = *head_of(l, k);
    while (i != NONE && memcmp(&l->rows[i].key, k, sizeof *k) != 0) i = l->rows[i].next;
    return i;
}

static uint32_t take_row(cn_limit *l) {
    if (l->used < l->max) return l->used++;
    uint32_t i = l->oldest;
    unlink_time(l, i);
    unlink_hash(l, i);
    return i;
}

static row *row_of(cn_limit *l, const key *k, int64_t now_ms) {
    uint32_t i = find(l, k);
    if (i != NONE) {
        unlink_time(l, i);
    } else {
        i = take_row(l);
        uint32_t *head = head_of(l, k);
        l->rows[i] = (row){.key = *k, .tokens = l->burst, .at_ms = now_ms, .next = *head};
        *head = i;
    }
    link_newest(l, i);
    return &l->rows[i];
}

cn_limit *cn_limit_new(double per_minute, double burst, size_t max_addresses) {
    assert(per_minute > 0 && burst >= 1 && max_addresses > 0 && max_addresses < NONE / 4);
    cn_arena *a = cn_arena_new(SIZE_MAX);
    uint32_t max = (uint32_t)max_addresses, heads = 1;
    while (heads < max) heads *= 2;
    cn_limit *l = CN_NEW(a, cn_limit);
    row *rows = CN_NEW_ARRAY(a, row, max);
    uint32_t *chains = CN_NEW_ARRAY(a, uint32_t, heads);
    if (!l || !rows || !chains) cn_no_memory();
    for (uint32_t i = 0; i < heads; i++) chains[i] = NONE;
    *l = (cn_limit){.arena = a, .per_ms = per_minute / 60000, .burst = burst, .rows = rows, .heads = chains};
    l->max = max;
    l->mask = heads - 1;
    l->oldest = l->newest = NONE;
    (void)pthread_mutex_init(&l->lock, NULL);
    return l;
}

void cn_limit_free(cn_limit *l) {
    if (!l) return;
    (void)pthread_mutex_destroy(&l->lock);
    cn_arena_free(l->arena);
}

bool cn_limit_take(cn_limit *l, cn_slice address, int cost, int64_t now_ms, int *retry_after) {
    if (cost <= 0) return true;
    key k = key_of(address);
    (void)pthread_mutex_lock(&l->lock);
    row *r = row_of(l, &k, now_ms);
    if (now_ms > r->at_ms) {
        r->tokens = fmin(l->burst, r->tokens + (double)(now_ms - r->at_ms) * l->per_ms);
        r->at_ms = now_ms;
    }
    /* What costs more than a full bucket would never be had: it takes a full one. */
    double wanted = fmin(cost, l->burst), missing = wanted - r->tokens;
    if (missing <= 0) r->tokens -= wanted;
    (void)pthread_mutex_unlock(&l->lock);
    if (missing <= 0) return true;
    double seconds = ceil(missing / l->per_ms / 1000);
    *retry_after = seconds < 1 ? 1 : seconds > 86400 ? 86400 : (int)seconds;
    return false;
}

bool cn_limit_enter(cn_limit *l, cn_slice address, unsigned most, int64_t now_ms) {
    key k = key_of(address);
    (void)pthread_mutex_lock(&l->lock);
    row *r = row_of(l, &k, now_ms);
    bool enters = r->at_once < most;
    if (enters) r->at_once++;
    (void)pthread_mutex_unlock(&l->lock);
    return enters;
}

void cn_limit_leave(cn_limit *l, cn_slice address) {
    key k = key_of(address);
    (void)pthread_mutex_lock(&l->lock);
    uint32_t i = find(l, &k); /* its row may have made room for another */
    if (i != NONE && l->rows[i].at_once) l->rows[i].at_once--;
    (void)pthread_mutex_unlock(&l->lock);
}
