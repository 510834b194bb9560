/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the room `web` share: the site without a socket, over the signed files of tests/data and the
 * network that their url-map describes, at 2026-06-01.
 */
#ifndef CN_TESTS_WEB_SITE_H
#define CN_TESTS_WEB_SITE_H

#include "../vc/bench.h"
#include "../check.h"

#include "vc/registry.h"
#include "web/messages.h"
#include "web/pages.h"

typedef struct desk {
    bench *bench;
    cn_arena *arena; /* the bench's */
    cn_web web;
    cn_site site;
    cn_loader resolver; /* fails as `failure` says where that is set */
    cn_err failure;
    cn_registry registry;
    cn_limit *limit; /* of requests; NULL: none */
    cn_slice body;   /* of the last response, followed by a NUL */
} desk;

int desk_new(void **state);
int desk_done(void **state);

/* A request and its answer; `languages` is Accept-Language. The page is checked as every page is. */
cn_response desk_get(desk *d, const char *target, const char *languages);

/* A form as a browser sends it; what is NULL is sent empty. */
typedef struct desk_form {
    const char *filename; /* NULL: no file was chosen */
    cn_slice file;
    const char *text, *link;
} desk_form;
cn_response desk_post(desk *d, const char *language, desk_form form);
/* The result page of a file of tests/data/vc. */
cn_response desk_verify(desk *d, const char *language, const char *file);

/* Answers for every request as it is; `rq` needs method, target and what else it shall have. */
cn_response desk_answer(desk *d, cn_request *rq, const char *target);

cn_slice desk_header(const cn_response *rs, const char *name);
/* Does the last page hold this? */
bool desk_says(const desk *d, const char *text);
void desk_must_say(const desk *d, const char *text);
void desk_must_not_say(const desk *d, const char *text);
/* No English message of more than a few words stands on the last page but in details marked as English. */
void desk_must_be_french(const desk *d);

#endif
