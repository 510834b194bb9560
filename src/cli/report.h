/* SPDX-License-Identifier: Apache-2.0
 *
 * Verification reports for people, on a terminal: a short list of steps. (For programs:
 * cn_report_write.)
 */
#ifndef CN_CLI_REPORT_H
#define CN_CLI_REPORT_H

#include "vc/vc.h"

/* Prints for people; colour: with terminal colours. Control characters of the input are shown as "?". */
CN_MUST_USE bool cn_report_print(cn_arena *a, cn_slice input, const cn_report *report, bool colour, FILE *to,
                                 cn_err *err);

/* Text of a stranger on a terminal: control characters become "?". */
void cn_print_stranger(FILE *to, cn_slice text);

#endif
