/* SPDX-License-Identifier: Apache-2.0
 *
 * The statements and migrations as tools/embed-sql reads them from sql/ and migrations/.
 */
#include "store/db.h"
#include "store/privacy.h"

/* A migration may be longer than what ISO C99 asks every compiler to bear. */
#pragma GCC diagnostic ignored "-Woverlength-strings"
#include "sql.inc"
