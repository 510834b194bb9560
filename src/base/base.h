/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `base`: everything but the ports.
 */
#ifndef CN_BASE_BASE_H
#define CN_BASE_BASE_H

#include <assert.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mail_address.h"
#include "base/map.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/time.h"
#include "base/uri.h"
#include "base/utf8.h"

#include "base/banned.h"

#endif
