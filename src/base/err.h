/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors: what went wrong, by which stable name, where, and in which words.
 *
 * A function that can fail returns a must-use bool and takes a cn_err that is
 * never NULL; it writes the error only on failure and its results only on
 * success. An error holds its own text: nothing in it is owned or borrowed.
 * "Not valid" is a result and never an error.
 */
#ifndef CN_BASE_ERR_H
#define CN_BASE_ERR_H

#include "base/slice.h"

typedef enum cn_code {
    CN_OK = 0,
    CN_INVALID,     /* the input breaks a rule; mend the input */
    CN_NOT_FOUND,   /* what was named is not there */
    CN_DENIED,      /* not allowed */
    CN_CONFLICT,    /* contradicts what is there already */
    CN_LIMIT,       /* a stated limit of size, depth, work or memory was reached */
    CN_UNAVAILABLE, /* could not be had now (network, file); may work later */
    CN_UNSUPPORTED, /* well-formed, but of a kind we do not handle */
    CN_INTERNAL     /* a fault of ours or of a library */
} cn_code;

typedef struct cn_err {
    cn_code code;
    const char *id;   /* static: a stable dotted word, "json.syntax" */
    char where[192];  /* a JSON pointer, or "byte 17 (line 1, column 18)"; may be empty */
    char detail[384]; /* one English sentence, valid UTF-8 cut at a character */
} cn_err;

#define CN_MUST_USE __attribute__((warn_unused_result))

/* Fills *err and returns false, so that a failing function can end with
 * `return cn_fail(err, CN_INVALID, "json.syntax", "…", …);`. `where` becomes empty. */
__attribute__((format(printf, 4, 5))) bool cn_fail(cn_err *err, cn_code code, const char *id, const char *format,
                                                   ...);
/* The same with a place. */
__attribute__((format(printf, 5, 6))) bool cn_fail_at(cn_err *err, cn_code code, const char *id, cn_slice where,
                                                      const char *format, ...);
/* LIMIT "memory.limit": the arena or buffer has reached its maximum. */
bool cn_fail_memory(cn_err *err);
/* Sets the place of an error that has none yet. Always returns false. */
bool cn_fail_place(cn_err *err, cn_slice where);

#ifndef CN_ERR_C
/* The compiler does not look into err.c: this tells it that a failure is always false, so that it sees that
 * an `out` is written wherever it is read. */
static inline bool cn_always_false(bool failed) {
    (void)failed;
    return false;
}
#define cn_fail(...) cn_always_false(cn_fail(__VA_ARGS__))
#define cn_fail_at(...) cn_always_false(cn_fail_at(__VA_ARGS__))
#define cn_fail_memory(err) cn_always_false(cn_fail_memory(err))
#define cn_fail_place(...) cn_always_false(cn_fail_place(__VA_ARGS__))
#endif

/* The code's name in small letters with hyphens ("not-found"); static. */
const char *cn_code_name(cn_code code);

#endif
