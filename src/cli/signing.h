/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands that make proofs share: one document in, one out, and contexts from files; nobody is asked.
 */
#ifndef CN_CLI_SIGNING_H
#define CN_CLI_SIGNING_H

#include "cli/outside.h"
#include "vc/vc.h"

enum { CN_GIVEN_MAX = 1024 };

/* An option that may be given often. */
typedef struct cn_given {
    cn_slice v[CN_GIVEN_MAX];
    size_t n;
} cn_given;

/* INVALID "cli.many" */
CN_MUST_USE bool cn_given_add(cn_given *g, const char *value, cn_err *err);

typedef struct cn_signing {
    cn_arena *arena;
    cn_crypto *crypto;
    cn_net *net;
    cn_loader contexts; /* those built in, then those from files */
    cn_contexts *processed;
} cn_signing;

/* Owned: cn_signing_close, also where it answers false. */
CN_MUST_USE bool cn_signing_open(cn_signing *s, cn_err *err);
void cn_signing_close(cn_signing *s);
/* URL=FILE, and a folder with an index.json. */
CN_MUST_USE bool cn_signing_context(cn_signing *s, const char *value, cn_err *err);
CN_MUST_USE bool cn_signing_contexts(cn_signing *s, const char *folder, cn_err *err);
/* The JSON of a file, or of standard input ("-"); a key twice in an object is an error. */
CN_MUST_USE bool cn_signing_read(cn_signing *s, const char *name, const cn_json **out, cn_err *err);
/* On one line of standard output. */
CN_MUST_USE bool cn_signing_print(cn_signing *s, const cn_json *document, cn_err *err);

#endif
