/* SPDX-License-Identifier: Apache-2.0
 *
 * When and why an award of this server was revoked, for a verification that has found it in the list. The list
 * itself has one bit an award and no room for either, so only the register can tell.
 */
#include "app/keys.h"
#include "store/awards.h"

/* A signature in which nothing was copied by hand has far more characters. */
enum { SIGNATURE_MIN = 40 };

static cn_slice id_of(const cn_app *app, const cn_report *report) {
    cn_slice id = cn_json_get_text(report->credential, CN_S("id")), here = CN_S("/credentials/");
    if (!app->origin.n || !cn_slice_starts(id, app->origin)) return (cn_slice){0};
    cn_slice path = cn_slice_from(id, app->origin.n);
    return cn_slice_starts(path, here) ? cn_slice_from(path, here.n) : (cn_slice){0};
}

/* Somebody else may sign a credential that bears the id of ours: what we say is of ours alone. */
static bool is_signed_by_us(const cn_report *report, const cn_award *award) {
    const cn_json *proofs = cn_json_get(report->credential, CN_S("proof"));
    cn_slice value = cn_json_get_text(cn_json_one(proofs, 0), CN_S("proofValue"));
    return report->proof == CN_PASS && cn_json_many(proofs) == 1 && value.n >= SIGNATURE_MIN &&
           cn_slice_find(award->document, value) != SIZE_MAX;
}

static bool found_revoked(const cn_report *report) {
    for (size_t i = 0; i < report->steps_n; i++)
        if (!strcmp(report->steps[i].problem, "revoked")) return true;
    return false;
}

bool cn_app_revoked(cn_arena *a, const cn_app *app, const cn_report *report, cn_revoked *out, cn_err *err) {
    cn_award award;
    cn_slice id = found_revoked(report) ? id_of(app, report) : (cn_slice){0};
    *out = (cn_revoked){0};
    if (!id.n) return true;
    if (!cn_store_award(a, app->store, id, &award, err)) return err->code == CN_NOT_FOUND;
    if (award.revoked_at.sec && is_signed_by_us(report, &award))
        *out = (cn_revoked){award.revoked_at, award.revoke_code};
    return true;
}
