/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields of a design, section by section, and how codes in them are written. Paths and words are those that
 * packs of rules know (data/frameworks/fields.json); what the packs do not ask for stands beside.
 */
#include "app/design.h"
#include "app/source.h"

/* ---- Codes ---- */

static bool digits(cn_slice s, size_t least, size_t most) {
    bool good = s.n >= least && s.n <= most;
    for (size_t i = 0; i < s.n; i++) good = good && s.p[i] >= '0' && s.p[i] <= '9';
    return good;
}

static bool is_cip(cn_slice s) {
    return s.n == 7 && s.p[2] == '.' && digits(cn_slice_sub(s, 0, 2), 2, 2) && digits(cn_slice_from(s, 3), 4, 4);
}

static bool is_noc(cn_slice s) {
    return digits(s, 5, 5);
}

static bool is_isced(cn_slice s) {
    return digits(s, 2, 4);
}

static bool is_nzsced(cn_slice s) {
    return digits(s, 6, 6);
}

/* ---- Words ---- */

#define WORDS(name, ...) static const cn_slice name[] = {__VA_ARGS__, {0}}
#define W(word) CN_S_INIT(word)

WORDS(credential_types, W("micro-credential"), W("digital-badge"), W("micro-course"),
      W("certificate-of-completion"), W("professional-certificate"), W("professional-diploma"));
WORDS(bases, W("proficiency"), W("participation"), W("completion"));
WORDS(languages, W("en"), W("fr"), W("cr"), W("iu"), W("oj"), W("other"));
WORDS(alignments, W("knowledge"), W("skill"), W("attitude"));
WORDS(competency_types, W("knowledge"), W("skill"), W("attitude"), W("competency"));
WORDS(methods, W("exam"), W("assignment"), W("portfolio"), W("project"), W("demonstration"), W("observation"),
      W("simulation"), W("presentation"), W("case-study"), W("interview"), W("workplace"), W("reflection"),
      W("other"));
WORDS(supervisions, W("supervised-onsite-id"), W("supervised-online-id"), W("id-verified"), W("supervised-noid"),
      W("unsupervised-noid"));
WORDS(modes, W("online"), W("onsite"), W("blended"), W("hybrid"), W("volunteering"), W("work-experience"));
WORDS(synchronies, W("synchronous"), W("asynchronous"), W("mixed"));
WORDS(assurances, W("institutional"), W("external"), W("professional"), W("government"));
WORDS(relations, W("component"), W("complementary"), W("additional"), W("alternate"));
WORDS(stackings, W("stackable"), W("standalone"));
WORDS(benefits, W("credit-on-completion"), W("exemption-rpl"), W("credit-equivalent"));

/* ---- Columns ---- */

enum { LINE = 200, TEXT = 2000, URL = 500, HOURS = 10000, CREDITS = 1000, VERSION = 1000000, DAY = 10 };

#define COLUMN(name, ...)                                                                                         \
    { .path = CN_S_INIT(name), __VA_ARGS__ }
#define COLUMNS(list) .columns = list, .columns_n = sizeof list / sizeof *list

static const cn_blank alignment_columns[] = {
    COLUMN("outcome", .kind = CN_BLANK_COUNT, .max = CN_ACHIEVEMENT_OUTCOMES_MAX),
    COLUMN("kind", .kind = CN_BLANK_ONE, .words = alignments),
};
static const cn_blank competency_columns[] = {
    COLUMN("label", .kind = CN_BLANK_BOTH, .max = LINE),
    COLUMN("framework", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("uri", .kind = CN_BLANK_URL, .max = URL),
    COLUMN("code", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("type", .kind = CN_BLANK_ONE, .words = competency_types),
};
static const cn_blank credit_columns[] = {
    COLUMN("system", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("value", .kind = CN_BLANK_NUMBER, .max = CREDITS),
};
static const cn_blank level_columns[] = {
    COLUMN("framework", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("level", .kind = CN_BLANK_LEVEL, .max = 20),
};
static const cn_blank rubric_columns[] = {
    COLUMN("criterion", .kind = CN_BLANK_BOTH, .max = LINE),
    COLUMN("levels", .kind = CN_BLANK_LISTS, .max = 300),
};
static const cn_blank evidence_columns[] = {
    COLUMN("uri", .kind = CN_BLANK_URL, .max = URL),
    COLUMN("visible_to_employer", .kind = CN_BLANK_SAID),
};
static const cn_blank partner_columns[] = {
    COLUMN("name", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("quality_assured", .kind = CN_BLANK_SAID),
};

/* The members of `source` itself, for one more of them. */
#define SOURCE_COLUMNS                                                                                            \
    COLUMN("issuer", .kind = CN_BLANK_BOTH, .max = LINE),                                                         \
        COLUMN("achievement", .kind = CN_BLANK_URL, .max = URL),                                                  \
        COLUMN("title", .kind = CN_BLANK_BOTH, .max = LINE),                                                      \
        COLUMN("version", .kind = CN_BLANK_COUNT, .max = VERSION),                                                \
        COLUMN("licence", .kind = CN_BLANK_URL, .max = URL), COLUMN("at", .kind = CN_BLANK_DATE, .max = DAY)

static const cn_blank source_columns[] = {
    SOURCE_COLUMNS,
    COLUMN("reused", .kind = CN_BLANK_LINES, .max = LINE),
};
static const cn_blank competency_source_columns[] = {
    COLUMN("competency", .kind = CN_BLANK_LINE, .max = URL),
    SOURCE_COLUMNS,
};

/* ---- The table ---- */

#define FIELD(of, name, how, most, ...)                                                                           \
    { .path = CN_S_INIT(name), .kind = CN_BLANK_##how, .section = CN_DESIGN_##of, .max = most, __VA_ARGS__ }
#define HIDDEN(name, how, most, ...)                                                                              \
    { .path = CN_S_INIT(name), .kind = CN_BLANK_##how, .section = CN_BLANK_HIDDEN, .max = most, __VA_ARGS__ }
#define CORE .core = true
#define OPTIONAL .core = false
#define OWN .own = true

static const cn_blank fields[] = {
    FIELD(KIND, "credential_type", ONE, 0, .words = credential_types, CORE),
    FIELD(KIND, "award_basis", ONE, 0, .words = bases, CORE),
    FIELD(KIND, "developer.name", BOTH, LINE, OWN),
    FIELD(KIND, "partners", ROWS, 12, COLUMNS(partner_columns), OWN),
    FIELD(KIND, "course_count", COUNT, 100, OPTIONAL),
    FIELD(KIND, "title_names_entity", SAID, 0, OWN),
    FIELD(KIND, "title_entity_justification", TEXTS, TEXT, OWN),

    FIELD(OUTCOMES, "outcome_alignment", ALIGNMENT, CN_ACHIEVEMENT_OUTCOMES_MAX, COLUMNS(alignment_columns), CORE),
    FIELD(OUTCOMES, "competencies", ROWS, CN_SOURCE_COMPETENCIES_MAX, COLUMNS(competency_columns), CORE),

    FIELD(WORKLOAD, "hours.total", NUMBER, HOURS, CORE),
    FIELD(WORKLOAD, "hours.contact", NUMBER, HOURS, OPTIONAL),
    FIELD(WORKLOAD, "hours.instructional", NUMBER, HOURS, OPTIONAL),
    FIELD(WORKLOAD, "duration_weeks", NUMBER, 520, CORE),
    FIELD(WORKLOAD, "credit_bearing", SAID, 0, CORE),
    FIELD(WORKLOAD, "credits", ROWS, 12, COLUMNS(credit_columns)),
    FIELD(WORKLOAD, "academic_benefit", ONE, 0, .words = benefits, OWN),

    FIELD(LEVELS, "levels", ROWS, 12, COLUMNS(level_columns)),
    FIELD(LEVELS, "level_not_applicable", SAID, 0, OPTIONAL),

    FIELD(ASSESSMENT, "assessment.types", SOME, 0, .words = methods, CORE),
    FIELD(ASSESSMENT, "assessment.summative", SAID, 0, CORE),
    FIELD(ASSESSMENT, "assessment.attendance_only", SAID, 0, OPTIONAL),
    FIELD(ASSESSMENT, "assessment.supervision_id", ONE, 0, .words = supervisions, CORE),
    FIELD(ASSESSMENT, "assessment.pass_rule", TEXTS, TEXT, CORE),
    FIELD(ASSESSMENT, "assessment.assessors", TEXTS, TEXT, CORE),
    FIELD(ASSESSMENT, "assessment.rubric", ROWS, 12, COLUMNS(rubric_columns)),
    FIELD(ASSESSMENT, "grade", SAID, 0, OPTIONAL),
    FIELD(ASSESSMENT, "evidence", ROWS, 6, COLUMNS(evidence_columns), OWN),

    FIELD(PARTICIPATION, "language", SOME, 0, .words = languages, CORE),
    FIELD(PARTICIPATION, "participation.mode", ONE, 0, .words = modes, CORE),
    FIELD(PARTICIPATION, "participation.synchronous", ONE, 0, .words = synchronies, OPTIONAL),
    FIELD(PARTICIPATION, "participation.location", BOTH, LINE, OWN),
    FIELD(PARTICIPATION, "target_group", TEXTS, TEXT, CORE),
    FIELD(PARTICIPATION, "prerequisites", TEXTS, TEXT, CORE),

    FIELD(QUALITY, "qa.type", ONE, 0, .words = assurances, CORE, OWN),
    FIELD(QUALITY, "qa.body", BOTH, LINE, CORE, OWN),
    FIELD(QUALITY, "qa.internal_process", TEXTS, TEXT, CORE, OWN),
    FIELD(QUALITY, "qa.exam_body", BOTH, LINE, OWN),
    FIELD(QUALITY, "qa.complaints", TEXTS, TEXT, OWN),
    FIELD(QUALITY, "qa.statement.provider_profile", TEXTS, TEXT, OWN),
    FIELD(QUALITY, "qa.statement.process", TEXTS, TEXT, OWN),
    FIELD(QUALITY, "qa.statement.review_process", TEXTS, TEXT, OWN),
    FIELD(QUALITY, "review.interval_months", COUNT, 600, CORE),
    FIELD(QUALITY, "listing.listed", SAID, 0, OWN),
    FIELD(QUALITY, "standards", LINES, LINE, OPTIONAL),
    FIELD(QUALITY, "standards_none", SAID, 0, OPTIONAL),

    FIELD(PATHWAYS, "relation_to_qualification", ONE, 0, .words = relations, CORE),
    FIELD(PATHWAYS, "stackability.kind", ONE, 0, .words = stackings, CORE),
    FIELD(PATHWAYS, "stackability.into", LISTS, LINE, OWN),
    FIELD(PATHWAYS, "stackability.pathway_note", TEXTS, TEXT, OWN),
    FIELD(PATHWAYS, "stackability.none_declared", SAID, 0, OWN),
    FIELD(PATHWAYS, "recognition", TEXTS, TEXT, OWN),
    FIELD(PATHWAYS, "transcript_entry", BOTH, LINE, OWN),
    FIELD(PATHWAYS, "is_award", SAID, 0, OPTIONAL),
    FIELD(PATHWAYS, "is_full_qualification", SAID, 0, OPTIONAL),
    FIELD(PATHWAYS, "is_aqf_award", SAID, 0, OPTIONAL),

    FIELD(MARKET, "labour_market_evidence", LISTS, 500, CORE),
    FIELD(MARKET, "employer_partners", LINES, LINE, OWN),
    FIELD(MARKET, "industry_recognition.body", BOTH, LINE, OWN),
    FIELD(MARKET, "community_need", TEXTS, TEXT, OWN),

    FIELD(CLASSIFICATION, "classification.cip", LINE, LINE, .good = is_cip, CORE),
    FIELD(CLASSIFICATION, "classification.noc", LINES, LINE, .good = is_noc, CORE),
    FIELD(CLASSIFICATION, "classification.isced", LINE, LINE, .good = is_isced, CORE),
    FIELD(CLASSIFICATION, "classification.nzsced", LINE, LINE, .good = is_nzsced, OPTIONAL),

    FIELD(INFORMATION, "certification_statement", TEXTS, TEXT, CORE, OWN),
    FIELD(INFORMATION, "further_information", TEXTS, TEXT, OWN),
    FIELD(INFORMATION, "renewal", TEXTS, TEXT, OPTIONAL),
    FIELD(INFORMATION, "contact.name", BOTH, LINE, CORE, OWN),
    FIELD(INFORMATION, "contact.email", LINE, LINE, CORE, OWN),
    FIELD(INFORMATION, "contact.url", URL, URL, OWN),
    FIELD(INFORMATION, "licence", URL, URL, OWN),
    FIELD(INFORMATION, "portal_listing", URL, URL, OWN),

    FIELD(PARTICULARS, "purpose.use", TEXTS, TEXT, OPTIONAL),
    FIELD(PARTICULARS, "purpose.relevance", TEXTS, TEXT, OPTIONAL),
    FIELD(PARTICULARS, "purpose.pathway_employment_or_community", TEXTS, TEXT, OPTIONAL),
    FIELD(PARTICULARS, "omc_category", COUNT, 6, OPTIONAL),
    FIELD(PARTICULARS, "osap_approved", SAID, 0, OWN),
    FIELD(PARTICULARS, "mucdf_alignment", TEXTS, TEXT, OPTIONAL),

    FIELD(FRAMEWORKS, "frameworks", LINES, LINE, OPTIONAL),
    FIELD(FRAMEWORKS, "variants", LINES, LINE, OWN),

    /* Where it was taken from (app/source.h). */
    HIDDEN("source.issuer", BOTH, LINE, OPTIONAL),
    HIDDEN("source.achievement", URL, URL, OPTIONAL),
    HIDDEN("source.title", BOTH, LINE, OPTIONAL),
    HIDDEN("source.version", COUNT, VERSION, OPTIONAL),
    HIDDEN("source.licence", URL, URL, OPTIONAL),
    HIDDEN("source.at", DATE, DAY, OPTIONAL),
    HIDDEN("source.reused", LINES, LINE, OPTIONAL),
    HIDDEN("source.others", ROWS, CN_SOURCE_OTHERS_MAX, COLUMNS(source_columns)),
    HIDDEN("source.competencies", ROWS, CN_SOURCE_COMPETENCIES_MAX, COLUMNS(competency_source_columns)),
};

const cn_blanks_table cn_design_fields = {fields, sizeof fields / sizeof *fields};
