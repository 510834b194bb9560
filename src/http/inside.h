/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: what its files share.
 */
#ifndef CN_HTTP_INSIDE_H
#define CN_HTTP_INSIDE_H

#include "http/http.h"

/* A visible ASCII character that may stand in a token (RFC 9110, 5.6.2). */
bool cn_http_is_token(cn_slice s);
bool cn_http_has_control(cn_slice s);

/* Adds to a vector on the arena; false at its maximum. */
CN_MUST_USE bool cn_fields_add(cn_arena *a, cn_fields *f, cn_slice name, cn_slice value);
/* The value of the first of that name; NULL when absent. */
const cn_slice *cn_fields_find(const cn_fields *f, cn_slice name);

/* The value of a parameter in `type; name=token; other="quoted"` (RFC 9110, 5.6.6); names without regard to case.
 * In a quoted value only \" is an escape, as browsers write file names. When absent `out` is an empty slice of
 * pointer NULL. INVALID "http.parameter": the header is none of that shape, or has two of that name. */
CN_MUST_USE bool cn_http_parameter(cn_arena *a, cn_slice header, cn_slice name, cn_slice *out, cn_err *err);

/* How a message is framed, and what is refused in its head before a byte of its body is read. */
typedef struct cn_head {
    bool chunked, expects_continue;
    uint64_t content_length; /* 0 when there is none */
} cn_head;

/* `version`: "HTTP/1.0" or "HTTP/1.1". Names in lower case. The status to answer with is in *status when it is
 * false. */
CN_MUST_USE bool cn_head_check(const cn_fields *headers, cn_slice version, cn_head *out, int *status, cn_err *err);

/* By the rule of CN_CSRF_ORIGIN: was the request made by a page of this site, or by no page at all? */
bool cn_http_is_own(const cn_request *rq);

/* The headers every answer carries, whoever made it. */
CN_MUST_USE bool cn_response_secure(const cn_request *rq, cn_response *rs);
/* A plain text that needs no memory. */
void cn_response_bare(int status, cn_response *rs);

/* Threads that do jobs one after another, so that a handler that waits (for a document of another site) holds
 * up nobody's connection. */
typedef struct cn_job {
    struct cn_job *next;
} cn_job;
typedef struct cn_workers cn_workers;

/* NULL when no thread could be started. */
cn_workers *cn_workers_start(unsigned threads, void (*run)(cn_job *job));
/* Borrowed until it has run. False when they are closed. */
CN_MUST_USE bool cn_workers_add(cn_workers *w, cn_job *job);
unsigned cn_workers_count(const cn_workers *w);
/* Takes no more jobs, and gives back those that nobody has begun. */
cn_job *cn_workers_close(cn_workers *w);
/* Waits until no job is being done. False when one still is after so many seconds. */
CN_MUST_USE bool cn_workers_wait(cn_workers *w, unsigned seconds);
/* Closes, waits for what is being done, and ends the threads. NULL is accepted. */
void cn_workers_free(cn_workers *w);

/* How many costly jobs of an address there are at once. False when `most` are there; every true is answered by a
 * call of cn_limit_leave. */
bool cn_limit_enter(cn_limit *l, cn_slice address, unsigned most, int64_t now_ms);
void cn_limit_leave(cn_limit *l, cn_slice address);

#endif
