/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: what an organisation says of itself, for frameworks.
 */
#ifndef CN_WEB_PROFILE_H
#define CN_WEB_PROFILE_H

#include "web/blanks.h"

typedef struct cn_page_profile {
    cn_page page;
    cn_slice organisation;
    cn_url back, save;
    cn_view_form form;
} cn_page_profile;

#endif
