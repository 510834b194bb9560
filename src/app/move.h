/* SPDX-License-Identifier: Apache-2.0
 *
 * One organisation whole as a file: out of one Cairn and into another.
 *
 * The file is lines of JSON: a head, the rows of store/move.h, an end. A key that is made from a passphrase seals
 * the organisation's signing keys and, at the end, the digest of all that stands before: what was changed or cut
 * off is refused. Names and addresses in it are readable.
 *
 * What was signed stays as it is, and so do the addresses in it: where the new Cairn has another origin, the
 * status of credentials awarded before is still asked for at the old one.
 */
#ifndef CN_APP_MOVE_H
#define CN_APP_MOVE_H

#include "app/app.h"

enum {
    CN_MOVE_VERSION = 2, /* another with every table or column that is added: a file holds all of them */
    CN_MOVE_TABLES_MAX = 32,
    CN_MOVE_PASSPHRASE_MIN = 12, /* bytes */
    CN_MOVE_LINE_MAX = 64 << 20
};

/* What is in a file. On the arena. */
typedef struct cn_move_summary {
    cn_slice origin; /* of the Cairn it came from */
    cn_slice organisation, name_en, name_fr;
    cn_time at;
    struct {
        cn_slice table; /* static */
        size_t n;
    } counts[CN_MOVE_TABLES_MAX];
    size_t counts_n;
} cn_move_summary;
/* How many rows of a table. */
size_t cn_move_count(const cn_move_summary *s, cn_slice table);

/* Takes bytes of the file. */
typedef struct cn_move_writer {
    void *self;
    bool (*write)(void *self, cn_slice bytes, cn_err *err);
} cn_move_writer;
/* NOT_FOUND "store.none": no organisation has the id; CONFLICT "move.working"; INVALID "move.passphrase" (too
 * short); UNAVAILABLE "app.master" without a master key. */
CN_MUST_USE bool cn_app_move_out(cn_arena *a, const cn_app *app, cn_time now, cn_slice organisation,
                                 cn_slice passphrase, const cn_move_writer *to, cn_move_summary *out, cn_err *err);

/* Gives the next line without its end, borrowed until the next call; false in *more at the end of the file. */
typedef struct cn_move_reader {
    void *self;
    bool (*next)(void *self, cn_slice *line, bool *more, cn_err *err);
} cn_move_reader;
/* All or nothing. INVALID "move.format" (no such file, or of another program version), "move.row", "move.cut" (the
 * end is missing), "move.changed"; DENIED "move.passphrase"; CONFLICT "move.there", "move.conflict"; UNAVAILABLE
 * "app.master". `where` is the line. */
CN_MUST_USE bool cn_app_move_in(cn_arena *a, const cn_app *app, cn_time now, cn_slice passphrase,
                                const cn_move_reader *from, cn_move_summary *out, cn_err *err);

#endif
