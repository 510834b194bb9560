/* SPDX-License-Identifier: Apache-2.0
 *
 * IRI references (RFC 3986, 3987): resolution and a few checks.
 */
#ifndef CN_BASE_URI_H
#define CN_BASE_URI_H

#include "base/arena.h"

/* Resolves a reference (RFC 3986, 5.2); with an empty base it stays as it is. False at the
 * arena's maximum. */
__attribute__((warn_unused_result)) bool cn_uri_resolve(cn_arena *a, cn_slice base, cn_slice reference,
                                                        cn_slice *out);
/* The other way: a reference that cn_uri_resolve() makes the IRI of again, shorter where the two share a path;
 * otherwise the IRI as it is. False at the arena's maximum. */
__attribute__((warn_unused_result)) bool cn_uri_relative(cn_arena *a, cn_slice base, cn_slice iri, cn_slice *out);
/* A scheme, a colon, and then no white space or control; or a blank node identifier. */
bool cn_uri_absolute(cn_slice s);
/* An IRI that N-Quads can hold: absolute, no blank node, and none of <>"{}|^`\ or a space. */
bool cn_uri_well_formed(cn_slice s);
bool cn_uri_blank(cn_slice s); /* "_:…" */

#endif
