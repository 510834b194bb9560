/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `app`: the rules of the domain, as verbs that pages, the command line and background work
 * share. No SQL, no HTML, no HTTP, no clock and no randomness of its own: what it needs is passed in here.
 *
 * A verb is named for its subject and takes, in this order: the arena, the handle, now, what it is about, out,
 * err. What an organisation does passes the organisation's number; an id of another organisation is NOT_FOUND.
 */
#ifndef CN_APP_APP_H
#define CN_APP_APP_H

#include "base/ports.h"
#include "jsonld/jsonld.h"
#include "store/store.h"

/* A text in both languages. */
typedef struct cn_bilingual {
    cn_slice en, fr;
} cn_bilingual;

/* All borrowed; the same for every thread. */
typedef struct cn_app {
    cn_store *store;
    const cn_crypto *crypto;
    const cn_loader *contexts; /* JSON-LD contexts, to sign with */
    cn_contexts *processed;    /* those built in, as every thread knows them; may be NULL */
    const cn_random *random;
    cn_slice origin;              /* "https://cairn.example", without a slash at its end */
    bool demo;                    /* a loopback origin: what is awarded says so inside */
    const cn_master *master;      /* unseals signing keys; NULL: nothing can be signed */
    const struct cn_packs *packs; /* of rules (rules/rules.h); NULL: those that are built in */
    void (*wake)(void *self);     /* tells the background work that there is some; may be NULL */
    void *wake_self;
} cn_app;

/* Of an origin, borrowed: "cairn.example:8443" of "https://cairn.example:8443", and its host without the port
 * ("[::1]" with its brackets). */
cn_slice cn_app_authority(cn_slice origin);
cn_slice cn_app_host(cn_slice origin);

#endif
