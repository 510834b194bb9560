/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: which personal information the database can hold, told to people and to programs.
 */
#ifndef CN_CLI_PRIVACY_REPORT_H
#define CN_CLI_PRIVACY_REPORT_H

#include "web/html.h"

/* The annex of a privacy impact assessment, in Markdown. INTERNAL "privacy.word": web/locale/privacy.*.po lacks
 * the words for something that the database holds. */
CN_MUST_USE bool cn_privacy_report(cn_arena *a, cn_language language, const char *version, cn_buf *out,
                                   cn_err *err);
/* The same for programs: {"format": "cairn-privacy-report", …}, its words in the languages asked for. */
CN_MUST_USE bool cn_privacy_report_json(cn_arena *a, const cn_language *languages, size_t n, const char *version,
                                        cn_buf *out, cn_err *err);

#endif
