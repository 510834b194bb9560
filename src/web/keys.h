/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: what the pages of keys and issuers print (keys.c, issuer.c).
 */
#ifndef CN_WEB_KEYS_H
#define CN_WEB_KEYS_H

#include "app/keys.h"
#include "web/pages.h"
#include "web/session.h"

/* A key, as whom it signs. */
typedef struct cn_view_key {
    cn_slice issuer;
    cn_slice when; /* from when to when, in words */
    bool at_work;
} cn_view_key;

typedef struct cn_view_keys {
    cn_view_key *v;
    size_t n;
} cn_view_keys;

/* In words; on the arena of the request. */
CN_MUST_USE bool cn_view_keys_fill(const cn_making *m, const cn_stored_keys *keys, cn_view_keys *out, cn_err *err);

typedef struct cn_page_keys {
    cn_page page;
    cn_slice organisation, done;
    cn_url back, profile, retire, domain_page, domain_leave;
    cn_slice profile_address;
    bool can_sign;
    cn_slice domain; /* that it signs as; empty: its key alone */
    cn_view_keys keys;
} cn_page_keys;

typedef struct cn_page_key_retire {
    cn_page page;
    cn_slice domain; /* as in cn_page_keys */
    cn_url back, retire;
} cn_page_key_retire;

typedef struct cn_page_domain {
    cn_page page;
    cn_slice organisation, domain, error;
    cn_url back, self, check, file;
    cn_slice document; /* what to publish; empty until a domain is given */
    cn_slice address;  /* where */
} cn_page_domain;

/* An issuer for everybody. */
typedef struct cn_page_issuer {
    cn_page page;
    cn_slice name;
    bool fictional;
    cn_view_item site;
    cn_view_keys keys;
    cn_url json;
} cn_page_issuer;

#endif
