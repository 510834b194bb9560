/* SPDX-License-Identifier: Apache-2.0
 *
 * Points in time, without a clock: the caller passes "now" in.
 * Proleptic Gregorian calendar, UTC, no leap seconds (":60" reads as the next second).
 */
#ifndef CN_BASE_TIME_H
#define CN_BASE_TIME_H

#include "base/buf.h"

typedef struct cn_time {
    int64_t sec; /* since 1970-01-01T00:00:00Z */
    int32_t ns;  /* 0 to 999,999,999 */
} cn_time;

typedef struct cn_date {
    int32_t year; /* 0 is 1 BC */
    int month, day, hour, minute, second;
} cn_date;

/* Reads an XML Schema dateTime (part 2, 3.3.7): "2026-06-01T00:00:00Z", offsets,
 * fractions; `zoned` (may be NULL) says whether it named its zone; without one UTC is
 * taken. False when it is none, or the date does not exist. */
bool cn_time_read(cn_slice s, cn_time *out, bool *zoned);
/* Reads a date alone too ("2026-06-01", midnight UTC). For what people type. */
bool cn_time_read_loose(cn_slice s, cn_time *out);
/* Appends "2026-06-01T00:00:00Z", with a fraction only where there is one. */
void cn_time_write(cn_buf *b, cn_time t);
/* The day alone, "2026-06-01": cn_time_day(t).text; as a text on the arena, empty at its maximum. */
typedef struct cn_day {
    char text[20];
} cn_day;
cn_day cn_time_day(cn_time t);
cn_slice cn_time_day_text(cn_arena *a, cn_time t);
int cn_time_cmp(cn_time a, cn_time b);
cn_date cn_time_date(cn_time t);
/* The same day and time of a later month; the last day of a month that is too short for it. */
cn_time cn_time_months_later(cn_time from, int months);

#endif
