/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: what the page of an organisation's audit prints (audit.c).
 */
#ifndef CN_WEB_AUDIT_H
#define CN_WEB_AUDIT_H

#include "app/audit.h"
#include "web/uploads.h"

typedef struct cn_view_audit_entry {
    cn_slice what, subject, who, when;
    bool linked;
    cn_url url; /* of what it was done to */
} cn_view_audit_entry;

typedef struct cn_page_audit {
    cn_page page;
    cn_slice organisation;
    cn_url back, action, csv, older;
    cn_view_option *people, *kinds; /* behind "all" */
    size_t people_n, kinds_n;
    cn_view_audit_entry *v;
    size_t n;
    bool more;
    bool chained, broken; /* there is a chain; it does not hold */
    cn_slice since, looked;
} cn_page_audit;

#endif
