/* SPDX-License-Identifier: Apache-2.0
 *
 * Which personal data every column holds: why, who reads it, how long it is kept.
 *
 * tools/embed-sql takes it from the braces behind the columns in migrations/ and sql/, and the words it takes
 * there from the enumerations below: a column without them, or with another word, ends the build. docs/privacy.md
 * says what each word means.
 */
#ifndef CN_STORE_PRIVACY_H
#define CN_STORE_PRIVACY_H

#include "base/base.h"

typedef enum cn_purpose {
    CN_PURPOSE_NONE, /* nothing personal */
    CN_PURPOSE_ACCOUNT,
    CN_PURPOSE_MEMBERSHIP,
    CN_PURPOSE_SECURITY,
    CN_PURPOSE_CONTACT,
    CN_PURPOSE_AUDIT,
    CN_PURPOSE_AWARD,
    CN_PURPOSE_EVIDENCE,
} cn_purpose;

/* Bits. */
typedef enum cn_reader {
    CN_READER_SELF = 1,     /* the person */
    CN_READER_STAFF = 2,    /* members of the organisation */
    CN_READER_PUBLIC = 4,   /* whoever is shown the credential */
    CN_READER_OPERATOR = 8, /* who runs the server */
    CN_READER_NOBODY = 16,  /* only the program compares it */
} cn_reader;

typedef enum cn_keep {
    CN_KEEP_NONE,
    CN_KEEP_ACCOUNT,
    CN_KEEP_MEMBERSHIP,
    CN_KEEP_SESSION,
    CN_KEEP_TICKET,
    CN_KEEP_CLAIM,
    CN_KEEP_MAIL,
    CN_KEEP_UPLOAD,
    CN_KEEP_AUDIT,
    CN_KEEP_REGISTER,
} cn_keep;

typedef struct cn_privacy_column {
    const char *table, *column;
    cn_purpose purpose;
    unsigned readers; /* bits of cn_reader */
    cn_keep keep;
} cn_privacy_column;

/* Every column of a new database, in the order of the migrations. */
extern const cn_privacy_column cn_privacy_columns[];
extern const size_t cn_privacy_columns_n;

/* The words by their numbers, readers by their bits; the lists end with NULL. */
extern const char *const cn_privacy_purposes[], *const cn_privacy_readers[], *const cn_privacy_keeps[];

#endif
