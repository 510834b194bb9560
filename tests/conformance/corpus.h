/* SPDX-License-Identifier: Apache-2.0
 *
 * What the conformance runners share: the folder of the public corpora, its
 * files, TAP lines, and the list of known failures.
 *
 * The folder is CAIRN_CONFORMANCE, else the path compiled in. Where it is absent
 * a runner prints "1..0 # SKIP" and does nothing.
 */
#ifndef CN_TESTS_CORPUS_H
#define CN_TESTS_CORPUS_H

#include "json/json.h"

/* The corpus folder joined with a path below it: on the arena, NUL-terminated. Aborts without memory. */
cn_slice corpus_path(cn_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* True when the folder below the corpus is there; otherwise the TAP plan of a skip has been printed. */
bool corpus_present(const char *folder);
/* The whole file. False when it cannot be read. */
bool corpus_read(cn_arena *a, cn_slice path, cn_slice *out);
/* The file as JSON; a file that cannot be read or parsed ends the program with a TAP "Bail out!". */
const cn_json *corpus_json(cn_arena *a, cn_slice path);

/* One TAP line for the case `suite` + `name`. A case that known-failures.txt names is printed as expected to
 * fail, so that the harness reports it when it passes: the list may only shrink. `problem` is printed as a
 * comment where the case failed; it may be empty. */
void corpus_case(bool passed, const char *suite, cn_slice name, cn_slice problem);
/* The plan; returns the exit status of the program. A run without cases fails. */
int corpus_end(void);

#endif
