/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside `cairn achievement`: how far one is, what was said of it, and what waits for an organisation.
 */
#ifndef CN_CLI_REVIEW_H
#define CN_CLI_REVIEW_H

#include "app/people.h"
#include "cli/handle.h"

/* To standard output: steps with day, days, who and why; comments; why it cannot be awarded. */
CN_MUST_USE bool cn_cli_review_status(cn_handle *h, const cn_organisation *organisation, cn_slice id, cn_err *err);
/* What waits for the organisation's decision, and the approvals and scopes that end within six months. */
CN_MUST_USE bool cn_cli_review_due(cn_handle *h, const cn_organisation *organisation, cn_err *err);

#endif
