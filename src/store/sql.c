/* SPDX-License-Identifier: Apache-2.0
 *
 * The statements and migrations as tools/embed-sql reads them from sql/ and migrations/.
 */
#include "store/db.h"

#include "sql.inc"
