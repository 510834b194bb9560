/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions nobody here may call, each with what to call instead. Included
 * last by base.h, after the system headers that declare them.
 */
#ifndef CN_BASE_BANNED_H
#define CN_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CN_BANNED(function, instead) cn_banned_##function##_use_##instead

#undef strcpy
#define strcpy(...) CN_BANNED(strcpy, cn_arena_copy)
#undef strcat
#define strcat(...) CN_BANNED(strcat, cn_buf_add)
#undef strncpy
#define strncpy(...) CN_BANNED(strncpy, cn_arena_copy)
#undef strncat
#define strncat(...) CN_BANNED(strncat, cn_buf_add)
#undef sprintf
#define sprintf(...) CN_BANNED(sprintf, snprintf)
#undef vsprintf
#define vsprintf(...) CN_BANNED(vsprintf, vsnprintf)
#undef strtok
#define strtok(...) CN_BANNED(strtok, cn_slice_cut)
#undef atoi
#define atoi(...) CN_BANNED(atoi, cn_slice_to_u64)
#undef atol
#define atol(...) CN_BANNED(atol, cn_slice_to_u64)
#undef atof
#define atof(...) CN_BANNED(atof, cn_number_read)
#undef gmtime
#define gmtime(...) CN_BANNED(gmtime, cn_time_date)
#undef localtime
#define localtime(...) CN_BANNED(localtime, cn_time_date)
#undef system
#define system(...) CN_BANNED(system, posix_spawn)
#ifndef CN_MAY_STRTOD
#undef strtod
#define strtod(...) CN_BANNED(strtod, cn_number_read)
#endif

#endif
