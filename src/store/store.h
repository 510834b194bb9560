/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `store`: what Cairn keeps, as verbs of its domain. One database file (SQLite).
 *
 * Any number of threads may use a store, and several processes one file. What a verb has answered "true" to is on
 * the disk. Errors of every verb: UNAVAILABLE "store.busy" (another process held the file too long),
 * "store.file" (cannot be opened, read or written; disk full); INVALID "store.corrupt"; INTERNAL "store.sql".
 */
#ifndef CN_STORE_STORE_H
#define CN_STORE_STORE_H

#include "base/err.h"
#include "base/ports.h"

typedef struct cn_store cn_store;

typedef struct cn_store_options {
    cn_time now; /* noted beside the migrations that are applied */
    int busy_ms; /* how long another process is waited for; 0: 5,000 */
} cn_store_options;

/* Opens the database, makes it (0600) and its folder (0700, one level) where they are missing, and brings it to
 * this program's form. Owned by the caller. CONFLICT "store.newer": a newer program has migrated it. CONFLICT
 * "store.foreign": the database of another program. */
CN_MUST_USE bool cn_store_open(cn_slice path, const cn_store_options *options, cn_store **out, cn_err *err);
/* No verb may be under way. NULL is accepted. */
void cn_store_close(cn_store *s);
void cn_store_close_auto(cn_store **s);
#define CN_STORE_AUTO __attribute__((cleanup(cn_store_close_auto)))

/* Several verbs in one transaction: those that `work` calls with `within` are on the disk all together when it
 * answers true, and none of them otherwise. Another store handle must not be used meanwhile: it would wait. */
CN_MUST_USE bool cn_store_together(cn_store *s, bool (*work)(cn_store *within, void *self, cn_err *err),
                                   void *self, cn_err *err);

/* Long work: `part` in transactions of its own until it leaves `more` false, with a rest after each, so that
 * others who write get in between. What fails undoes its own part alone. */
CN_MUST_USE bool cn_store_in_parts(cn_store *s,
                                   bool (*part)(cn_store *within, void *self, bool *more, cn_err *err), void *self,
                                   cn_err *err);

/* ---- Registry lists: signed lists of known issuers that the operator has imported ---- */

typedef struct cn_stored_list {
    int64_t number;       /* given by the store; a list that is replaced keeps it */
    cn_slice name;        /* as the list calls itself */
    cn_slice signer;      /* who was proven to have signed */
    cn_slice source;      /* the name of the file it came from */
    cn_slice document;    /* the bytes of the file, with the signature */
    cn_slice valid_until; /* as written; may be empty */
    cn_time imported_at;  /* to the second */
} cn_stored_list;

typedef struct cn_stored_lists {
    cn_stored_list *v;
    size_t n, cap;
} cn_stored_lists;

/* Keeps a list; one of the same name by the same signer is replaced. `number` of the list is not looked at. */
CN_MUST_USE bool cn_store_registry_put(cn_store *s, const cn_stored_list *list, int64_t *number, cn_err *err);
/* All lists, in the order of their numbers. On the arena. */
CN_MUST_USE bool cn_store_registry_all(cn_arena *a, cn_store *s, cn_stored_lists *out, cn_err *err);
/* NOT_FOUND "store.none": no list has the number. */
CN_MUST_USE bool cn_store_registry_remove(cn_store *s, int64_t number, cn_err *err);

#endif
