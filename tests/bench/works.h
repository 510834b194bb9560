/* SPDX-License-Identifier: Apache-2.0
 *
 * The works that are measured: what each does once, over the files that make.py makes. Several programs run them:
 * worker.c by the clock, count.c by the instruction, memory.c by the byte.
 */
#ifndef CN_TESTS_BENCH_WORKS_H
#define CN_TESTS_BENCH_WORKS_H

#include "vc/vc.h"

/* What the works share; prepared once, from then on read only: threads may share it. */
typedef struct cn_bench {
    cn_arena *arena;
    const char *folder;
    cn_crypto *crypto;
    cn_loader contexts, lists; /* built-in contexts; the status list, from memory */
    cn_contexts *processed;
    cn_lists *kept; /* status lists that were found good */
    cn_verify_options how;
    cn_sign_options by;
    cn_private_key key;
    cn_public_key public_key;
    cn_slice message, signature; /* 64 bytes, as an eddsa-rdfc-2022 proof signs */
    uint8_t secret[64];          /* as libsodium wants it */
    cn_slice status;             /* the list's credential */
    struct evp_pkey_st *p256;    /* as OpenSSL wants it */
    cn_slice p256_signature;     /* in DER, of the first 32 bytes of `message` */
} cn_bench;

/* What one work needs besides; made of its file. */
typedef struct cn_bench_input {
    cn_slice text;
    const cn_json *document;
    cn_dataset dataset;
    size_t signatures; /* of an ecdsa-sd-2023 proof */
} cn_bench_input;

typedef struct cn_work {
    const char *name;
    const char
        *file; /* in the folder; NULL: it needs none. With "%" in it the name has a number that stands there */
    /* Brings the text into the form that the work begins with; NULL: it begins with the text. */
    bool (*ready)(const cn_bench *b, cn_bench_input *in, cn_err *err);
    /* Does it once, and says whether it came out right. */
    bool (*once)(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err);
} cn_work;

/* The folder is borrowed. */
CN_MUST_USE bool cn_bench_start(cn_bench *b, const char *folder, cn_err *err);
void cn_bench_end(cn_bench *b);
/* A work by its name, made ready. NOT_FOUND "bench.work", "bench.file". */
CN_MUST_USE bool cn_bench_find(cn_bench *b, cn_slice name, const cn_work **work, cn_bench_input *in, cn_err *err);
/* Once, on an arena of its own. */
CN_MUST_USE bool cn_bench_once(const cn_bench *b, const cn_work *work, const cn_bench_input *in, cn_err *err);

#endif
