/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the server: its settings as the command line gives them, and what is built from them.
 */
#ifndef CN_SERVER_SETTINGS_H
#define CN_SERVER_SETTINGS_H

#include "cli/cli.h"
#include "cli/origin.h"
#include "cli/registries.h"
#include "app/keys.h"
#include "net/net.h"
#include "server/vc_api.h"
#include "server/work.h"
#include "store/store.h"
#include "web/web.h"

/* An option that may be given more than once. */
typedef struct cn_named {
    enum {
        CN_NAMED_REGISTRY,
        CN_NAMED_URL_MAP,
        CN_NAMED_CONTEXT,
        CN_NAMED_CONTEXTS,
        CN_NAMED_PREFIX,
        CN_NAMED_PACK
    } kind;
    const char *value;
} cn_named;
enum { CN_NAMED_MAX = 256 };

typedef struct cn_settings {
    bool demo, bare, offline, trust_proxy;
    bool routes; /* they are printed, and nothing is served */
    const char *origin, *address, *db, *contact;
    const char *master_key; /* NULL: beside the database */
    const char *vc_api;     /* the folder of the VC-API's keys; NULL: it is off */
    bool vc_api_open;       /* it answers to other machines too */
    uint16_t port;
    unsigned threads;     /* 0: the number of processors */
    unsigned rate;        /* verifications an address a minute */
    cn_work_options work; /* mail */
    cn_named named[CN_NAMED_MAX];
    size_t named_n;
    char mail_folder[4096];         /* beside the database */
    char own_origin[CN_ORIGIN_MAX]; /* of the demonstration, of the database, or as it was given but for a slash */
} cn_settings;

/* Reads the options; -1 to go on, otherwise the exit status. */
int cn_settings_read(cn_settings *s, int argc, char **argv);

/* What the pages work with; they borrow it. */
typedef struct cn_engine {
    cn_crypto *crypto;
    cn_net *net;
    cn_store *store;
    cn_registries registries;
    cn_loader contexts, own;
    cn_contexts *processed;
    cn_lists *lists;
    cn_slice prefixes[CN_NAMED_MAX];
    cn_master master;
    cn_own_registry own_registry;
    cn_registry registry;
    cn_app app;
    cn_work work;
    cn_vc_folder vc_api;
    cn_arena *shelf; /* what rules are read onto */
    cn_packs packs;
    cn_labels labels;
    cn_tables tables;
    cn_web web;
} cn_engine;

/* `e` is zeroed and stays where it is. False after a message on standard error; cn_engine_done in any case. */
CN_MUST_USE bool cn_engine_start(cn_engine *e, const cn_settings *s);
/* False when something is still at work: then the process has to end with _exit. */
CN_MUST_USE bool cn_engine_done(cn_engine *e);

#endif
