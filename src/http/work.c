/* SPDX-License-Identifier: Apache-2.0
 *
 * Worker threads with one queue, first in first out. Its length is bounded by the connections there may be.
 */
#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "http/inside.h"

struct cn_workers {
    cn_arena *arena;
    pthread_mutex_t lock;
    pthread_cond_t added, idle;
    void (*run)(cn_job *job);
    cn_job *first, **end;
    pthread_t *threads;
    unsigned threads_n;
    unsigned busy;
    bool closed;
};

/* The next job; NULL when there will be none. */
static cn_job *take(cn_workers *w) {
    (void)pthread_mutex_lock(&w->lock);
    while (!w->first && !w->closed) (void)pthread_cond_wait(&w->added, &w->lock);
    cn_job *job = w->first;
    if (job) {
        w->busy++;
        w->first = job->next;
        if (!w->first) w->end = &w->first;
    }
    (void)pthread_mutex_unlock(&w->lock);
    return job;
}

static void *work(void *self) {
    cn_workers *w = self;
    for (cn_job *job = take(w); job; job = take(w)) {
        w->run(job);
        (void)pthread_mutex_lock(&w->lock);
        if (--w->busy == 0) (void)pthread_cond_broadcast(&w->idle);
        (void)pthread_mutex_unlock(&w->lock);
    }
    return NULL;
}

static void init_lock(cn_workers *w) {
    pthread_condattr_t attributes;
    (void)pthread_mutex_init(&w->lock, NULL);
    (void)pthread_cond_init(&w->added, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&w->idle, &attributes);
    (void)pthread_condattr_destroy(&attributes);
}

cn_workers *cn_workers_start(unsigned threads, void (*run)(cn_job *job)) {
    cn_arena *a = cn_arena_new(0);
    cn_workers *w = CN_NEW(a, cn_workers);
    pthread_t *ids = CN_NEW_ARRAY(a, pthread_t, threads);
    if (!w || !ids) cn_no_memory();
    *w = (cn_workers){.arena = a, .run = run, .threads = ids, .end = &w->first};
    init_lock(w);
    while (w->threads_n < threads && pthread_create(&ids[w->threads_n], NULL, work, w) == 0) w->threads_n++;
    if (w->threads_n) return w;
    cn_workers_free(w);
    return NULL;
}

bool cn_workers_add(cn_workers *w, cn_job *job) {
    job->next = NULL;
    (void)pthread_mutex_lock(&w->lock);
    bool open = !w->closed;
    if (open) {
        *w->end = job;
        w->end = &job->next;
        (void)pthread_cond_signal(&w->added);
    }
    (void)pthread_mutex_unlock(&w->lock);
    return open;
}

unsigned cn_workers_count(const cn_workers *w) {
    return w->threads_n;
}

cn_job *cn_workers_close(cn_workers *w) {
    (void)pthread_mutex_lock(&w->lock);
    cn_job *left = w->first;
    w->closed = true;
    w->first = NULL;
    w->end = &w->first;
    (void)pthread_cond_broadcast(&w->added);
    (void)pthread_mutex_unlock(&w->lock);
    return left;
}

/* A worker may still be on its way out of a job whose answer has been sent. */
bool cn_workers_wait(cn_workers *w, unsigned seconds) {
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    (void)pthread_mutex_lock(&w->lock);
    while (w->busy && pthread_cond_timedwait(&w->idle, &w->lock, &until) != ETIMEDOUT) {
    }
    bool idle = w->busy == 0;
    (void)pthread_mutex_unlock(&w->lock);
    return idle;
}

void cn_workers_free(cn_workers *w) {
    if (!w) return;
    cn_job *left = cn_workers_close(w);
    assert(!left);
    (void)left;
    for (unsigned i = 0; i < w->threads_n; i++) (void)pthread_join(w->threads[i], NULL);
    (void)pthread_cond_destroy(&w->added);
    (void)pthread_cond_destroy(&w->idle);
    (void)pthread_mutex_destroy(&w->lock);
    cn_arena_free(w->arena);
}
