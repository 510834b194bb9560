/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside `cairn organisation`: what its verbs are asked.
 */
#ifndef CN_CLI_ORGANISATION_H
#define CN_CLI_ORGANISATION_H

#include "app/people.h"
#include "cli/handle.h"

/* The options, by their keys. */
enum {
    CN_ORG_NAME_EN = 1,
    CN_ORG_NAME_FR,
    CN_ORG_URL,
    CN_ORG_ADMINISTRATOR,
    CN_ORG_LANG,
    CN_ORG_ANOTHER,
    CN_ORG_QUALITY_BODY,
    CN_ORG_BODY,
    CN_ORG_PURPOSE,
    CN_ORG_FIELDS,
    CN_ORG_KINDS,
    CN_ORG_LEVEL,
    CN_ORG_FROM,
    CN_ORG_UNTIL,
    CN_ORG_REASON,
    CN_ORG_DB
};

typedef struct cn_org_asked {
    const char *texts[CN_ORG_DB + 1]; /* by option; NULL: not given */
} cn_org_asked;

/* Trimmed; empty where it was not given. */
cn_slice cn_org_text(const cn_org_asked *q, int option);

/* cairn organisation scope list|grant|withdraw (organisation_scope.c): `id` is the operand. */
CN_MUST_USE bool cn_org_scope_list(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err);
CN_MUST_USE bool cn_org_scope_grant(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err);
CN_MUST_USE bool cn_org_scope_withdraw(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err);

#endif
