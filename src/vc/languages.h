/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts in more than one language inside one signed document (docs/decisions/0009).
 *
 * Open Badges wants one string for a name, a description, a narrative; so the first language stands there, and
 * each other one beside it, under a term of a context that is written out in the credential and is always this
 * one:
 *
 *   "name": "Bookkeeping essentials", "nameIn": {"fr": "Tenue de livres : l’essentiel"}
 *
 * The terms stand for public vocabularies that no step reads. They are read only where the credential has exactly
 * this context, whose terms are protected: then nobody who holds it can give them another meaning.
 */
#ifndef CN_VC_LANGUAGES_H
#define CN_VC_LANGUAGES_H

#include "json/json.h"

/* The context as JSON. It never changes: what was signed with it has to be read for good. */
#define CN_LANGUAGES_CONTEXT                                                                                      \
    "{\"@protected\":true,"                                                                                       \
    "\"nameIn\":{\"@id\":\"http://purl.org/dc/terms/title\",\"@container\":\"@language\"},"                       \
    "\"descriptionIn\":{\"@id\":\"http://purl.org/dc/terms/description\",\"@container\":\"@language\"},"          \
    "\"narrativeIn\":{\"@id\":\"https://schema.org/text\",\"@container\":\"@language\"},"                         \
    "\"tagIn\":{\"@id\":\"http://purl.org/dc/terms/subject\",\"@container\":\"@language\"},"                      \
    "\"valueIn\":{\"@id\":\"http://www.w3.org/2000/01/rdf-schema#comment\",\"@container\":\"@language\"}}"

/* The context as a value on the arena; NULL at its maximum. */
const cn_json *cn_languages_context(cn_arena *a);

/* The credential for reading, no longer for signing or checking: where it has the context, "name" and "nameIn"
 * become one list of value objects ("@value", "@language"), the first language first, and likewise the others.
 * What has no such context stays as it is. Shares what it does not change; NULL at the arena's maximum. */
const cn_json *cn_languages_joined(cn_arena *a, const cn_json *credential);

#endif
