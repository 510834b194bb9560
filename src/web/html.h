/* SPDX-License-Identifier: Apache-2.0
 *
 * What templates are made of: markup and addresses as types of their own, escaping, messages.
 *
 * Text goes out through the print macros alone, which escape it for where it stands; what must not be
 * escaped has another type, so that a text cannot go out as markup, nor as an address, by mistake.
 * tools/compile-templates writes the calls. Names of messages (CN_MSG_…) stand in web/messages.h, which
 * tools/compile-messages makes from web/locale; those of templates (cn_tpl_…) in web/templates.h.
 */
#ifndef CN_WEB_HTML_H
#define CN_WEB_HTML_H

#include "base/base.h"

typedef enum cn_language { CN_EN, CN_FR, CN_LANGUAGES } cn_language;

/* "en" or "fr"; static. */
cn_slice cn_language_tag(cn_language language);
/* The language of a tag, "fr-CA" as well as "FR"; English when it is none of ours. */
cn_language cn_language_of(cn_slice tag);

/* Where a page goes. The buffer's `full` says at the end whether it fitted. */
typedef struct cn_html_out {
    cn_buf *out; /* borrowed */
    cn_language language;
} cn_html_out;

/* Markup that is trusted: our own. Of what others wrote, markdown.c alone makes some. */
typedef struct cn_html {
    cn_slice markup;
} cn_html;

/* An address that may stand in href, src or action. Only what follows makes one. */
typedef struct cn_url {
    cn_slice text;
} cn_url;

/* An address on the web, as somebody wrote it: "#" unless it begins with http:// or https:// and a host, and
 * holds no space and no control character. Borrows. */
cn_url cn_url_web(cn_slice address);
/* One of our own pages, in a language: "/verify?lang=fr". The path is ours and begins with one "/"; it may hold
 * a query already. "#" when the arena is at its maximum. */
cn_url cn_url_path(cn_arena *a, cn_slice path, cn_language language);
/* The same, leading on to `next`, a path with its query: "/sign-in?next=%2Faccount&lang=fr". Without any where it
 * is empty. */
cn_url cn_url_next(cn_arena *a, cn_slice path, cn_slice next, cn_language language);
/* Adds text as the value of an argument, or as a path (RFC 3986, 2.1: "/" stays). */
void cn_url_escape(cn_buf *b, cn_slice text);
/* A file of web/static by its name ("cairn.css"), with its digest in the address. It is a bug when there is none.
 */
cn_url cn_url_static(const char *name);

/* A message by its number, CN_MSG_…; its name is its key. */
typedef unsigned cn_msg;

/* An argument of a message: text, or a number (digits grouped as the language does, from five on). */
typedef struct cn_message_arg {
    cn_slice text;
    unsigned long long number;
    bool is_number, negative;
} cn_message_arg;

/* The text as it stands in the catalogue, with its %1; of a plural message the form for many. Static. */
cn_slice cn_message(cn_language language, cn_msg message);
/* The message named FAMILY.WORD or, with a suffix, FAMILY.WORD.SUFFIX; false when there is none. Written with
 * CN_MSG_FAMILY("problem"), which tells tools/compile-messages that all messages of the family are used. */
CN_MUST_USE bool cn_message_find(const char *family, cn_slice word, const char *suffix, cn_msg *out);
#define CN_MSG_FAMILY(name) (name)
/* The message as plain text, %1 to %9 replaced; an argument that is not there is empty. */
void cn_message_plain(cn_buf *out, cn_language language, cn_msg message, size_t n, const cn_message_arg *args);
/* The form that goes with the number, which is %1. */
void cn_message_plural(cn_buf *out, cn_language language, cn_msg message, unsigned long long count);

/* What templates call. `text` stands between tags, `attribute` between double quotes. */
void cn_html_text(cn_html_out *o, cn_slice text);
void cn_html_attribute(cn_html_out *o, cn_slice text);
void cn_html_text_cstr(cn_html_out *o, const char *text);
void cn_html_attribute_cstr(cn_html_out *o, const char *text);
void cn_html_markup(cn_html_out *o, cn_html markup);
void cn_html_url(cn_html_out *o, cn_url address);
void cn_html_number(cn_html_out *o, unsigned long long number);
void cn_html_number_signed(cn_html_out *o, long long number);
void cn_html_message_text(cn_html_out *o, cn_msg message, size_t n, const cn_message_arg *args);
void cn_html_message_attribute(cn_html_out *o, cn_msg message, size_t n, const cn_message_arg *args);
/* The form is chosen by `count`, which is %1; the arguments begin with %2. */
void cn_html_plural_text(cn_html_out *o, cn_msg message, unsigned long long count, size_t n,
                         const cn_message_arg *args);
void cn_html_plural_attribute(cn_html_out *o, cn_msg message, unsigned long long count, size_t n,
                              const cn_message_arg *args);

cn_message_arg cn_message_arg_slice(cn_slice text);
cn_message_arg cn_message_arg_cstr(const char *text);
cn_message_arg cn_message_arg_number(unsigned long long number);
cn_message_arg cn_message_arg_signed(long long number);

#define CN_HTML_INTEGERS                                                                                          \
    int : cn_html_number_signed,                                                                                  \
          long : cn_html_number_signed,                                                                           \
                 long long : cn_html_number_signed,                                                               \
                             unsigned : cn_html_number,                                                           \
                                        unsigned long : cn_html_number,                                           \
                                                        unsigned long long : cn_html_number

/* A value by its type; any other type does not compile. */
#define CN_PRINT_TEXT(o, x)                                                                                       \
    _Generic((x), cn_slice: cn_html_text, const char *: cn_html_text_cstr, char *: cn_html_text_cstr,             \
             cn_html: cn_html_markup, CN_HTML_INTEGERS)(o, x)
/* The text of title and textarea holds no markup. */
#define CN_PRINT_WORDS(o, x)                                                                                      \
    _Generic((x), cn_slice: cn_html_text, const char *: cn_html_text_cstr, char *: cn_html_text_cstr,             \
             CN_HTML_INTEGERS)(o, x)
#define CN_PRINT_ATTRIBUTE(o, x)                                                                                  \
    _Generic((x), cn_slice: cn_html_attribute, const char *: cn_html_attribute_cstr,                              \
             char *: cn_html_attribute_cstr, CN_HTML_INTEGERS)(o, x)
#define CN_PRINT_URL(o, x) _Generic((x), cn_url : cn_html_url)(o, x)
#define CN_MESSAGE_ARG(x)                                                                                         \
    _Generic((x), cn_slice: cn_message_arg_slice, const char *: cn_message_arg_cstr,                              \
             char *: cn_message_arg_cstr, int: cn_message_arg_signed, long: cn_message_arg_signed,                \
             long long: cn_message_arg_signed, unsigned: cn_message_arg_number,                                   \
             unsigned long: cn_message_arg_number, unsigned long long: cn_message_arg_number)(x)

/* The table tools/compile-messages writes. */
typedef struct cn_message_table {
    const char *const *keys; /* sorted by bytes; a message's number is its place */
    cn_msg n;
    size_t forms;                        /* of a message in the language with most */
    const cn_slice *texts[CN_LANGUAGES]; /* n times forms; those a message has not are empty */
    size_t (*plural[CN_LANGUAGES])(unsigned long long count);
} cn_message_table;
extern const cn_message_table cn_messages;

/* The table tools/embed-static writes: files under /static. */
typedef struct cn_static_file {
    const char *name; /* "cairn.css" */
    const char *path; /* "/static/cairn-0123456789abcdef.css" */
    const char *media_type;
    const unsigned char *bytes;
    size_t n;
    const unsigned char *gzip; /* the same, compressed */
    size_t gzip_n;
    const char *etag; /* with its quotes */
} cn_static_file;
extern const cn_static_file cn_static_files[];
extern const size_t cn_static_files_n;

/* By the path asked for; NULL when there is none. */
const cn_static_file *cn_static_find(cn_slice path);

#endif
