/* SPDX-License-Identifier: Apache-2.0
 *
 * libcairn: verifies Open Badges and other verifiable credentials.
 *
 * The library opens no files and no sockets, and knows no clock: what it needs
 * besides the credential comes through a function that the caller gives. A program that
 * verifies one credential:
 *
 *     cn_engine *engine;
 *     cn_error error;
 *     if (!cn_engine_new(NULL, &engine, &error)) { fputs(error.detail, stderr); exit(1); }
 *     char *report = cn_engine_verify(engine, bytes, length, time(NULL), &error);
 *     if (report) puts(report);
 *     cn_text_free(report);
 *     cn_engine_free(engine);
 */
#ifndef CAIRN_CAIRN_H
#define CAIRN_CAIRN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CN_API __attribute__((visibility("default")))

/* What went wrong with a call. A credential that does not verify is no error. It holds its own text. */
typedef struct cn_error {
    char id[64];      /* a stable dotted word: "memory.limit" */
    char where[192];  /* where in the input; may be empty */
    char detail[384]; /* one English sentence, UTF-8 */
} cn_error;

/* An answer in the making, for cn_get_function. */
typedef struct cn_answer cn_answer;
/* Gives the document: the bytes are copied. False when there is no room for it. */
CN_API bool cn_answer_body(cn_answer *answer, const void *bytes, size_t n);

/* Gets the document of a URL (NUL-terminated, borrowed for the call) and hands it to cn_answer_body.
 * Returns false when there is none to be had. It is called in the thread of cn_engine_verify. */
typedef bool cn_get_function(void *self, const char *url, cn_answer *answer);

typedef struct cn_engine_options {
    size_t size;                   /* sizeof(cn_engine_options): newer programs know more members */
    void *self;                    /* borrowed; passed to the functions */
    cn_get_function *get_document; /* controller documents (did:web, https) and status lists; NULL: offline */
    cn_get_function *get_context;  /* JSON-LD contexts that are not built in; NULL: those alone */
    size_t max_memory;             /* of one verification, in bytes; 0: 256 MiB */
    bool schema_counts;            /* a credential that is not as its schema asks is not verified */
    bool strict_bitstring;         /* refuse status lists below 131,072 entries */
} cn_engine_options;

/* Immutable after its birth: threads may share it. Owned by the caller, who ends it with cn_engine_free. */
typedef struct cn_engine cn_engine;

/* options may be NULL; they are copied. `*out` is written on success, `*error` on failure. */
CN_API bool cn_engine_new(const cn_engine_options *options, cn_engine **out, cn_error *error);
/* NULL is accepted. */
CN_API void cn_engine_free(cn_engine *engine);

/* Verifies what the bytes hold, as of `now` (seconds since 1970-01-01T00:00:00Z). Returns the report, one
 * JSON object without line breaks, NUL-terminated, owned by the caller (cn_text_free); NULL with *error
 * when memory ran out:
 * {"verdict": "verified"|"not verified"|"unknown", "proof": true|false|null,
 *  "steps": [{"id", "outcome", "problem", "detail"}], "credential": {…}|null}. */
CN_API char *cn_engine_verify(const cn_engine *engine, const void *bytes, size_t n, int64_t now, cn_error *error);
/* NULL is accepted. */
CN_API void cn_text_free(char *text);

/* The library's version, "0.1.0"; static. */
CN_API const char *cn_version(void);

#ifdef __cplusplus
}
#endif
#endif
