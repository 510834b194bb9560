/* SPDX-License-Identifier: Apache-2.0
 *
 * Rule packs: what a pack must be, which one counts on a day, and what each operator makes of a record.
 */
#include "../check.h"

#include "rules/rules.h"

/* JSON is written with ' for " here. */
static cn_slice text(cn_arena *a, const char *written) {
    cn_slice copy;
    assert_true(cn_arena_copy(a, cn_slice_of(written), &copy));
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if (p[i] == '\'') p[i] = '"';
    return copy;
}

#define HEAD                                                                                                      \
    "{'pack':'xx-2020','title':'T','jurisdiction':'XX','status':'guide','effective_from':'2020-01-01',"           \
    "'effective_to':null,'rules':["
#define RULE(test)                                                                                                \
    "{'id':'X-1','severity':'must','scope':'offering','message':{'en':'m','fr':'n'},'source':'s',"                \
    "'confidence':'V','test':" test "}"

#define RULE_OF(severity, scope, message, source, confidence, more)                                               \
    "{'id':'X-1','severity':" severity ",'scope':" scope ",'message':" message ",'source':" source                \
    ",'confidence':" confidence ",'test':{'op':'present','path':'a'}" more "}"

static void check_is(cn_slice s, const char *expected) {
    if (!cn_slice_eq(s, cn_slice_of(expected))) fail_msg("%.*s, not %s", CN_ARG(s), expected);
}

static const cn_pack *pack_of(cn_arena *a, const char *written) {
    const cn_pack *pack;
    cn_err err;
    if (!cn_pack_read(a, text(a, written), &pack, &err)) fail_msg("%s: %s (%s)", written, err.detail, err.where);
    return pack;
}

/* ---- Operators ---- */

typedef struct held {
    const char *test, *record;
    cn_rule_outcome outcome;
} held;

#define PASS CN_RULE_PASS
#define FAIL CN_RULE_FAIL
#define ATTEST CN_RULE_ATTEST
#define SKIP CN_RULE_SKIP

static cn_rule_result result_of(cn_arena *a, const char *test, const char *record) {
    char whole[4096];
    const cn_json *v;
    const cn_rule_result *r;
    cn_err err;
    (void)snprintf(whole, sizeof whole, HEAD RULE("%s") "]}", test);
    assert_true(cn_json_read(a, text(a, record), NULL, &v, &err));
    if (!cn_pack_check(a, pack_of(a, whole), v, CN_S("2021-01-01"), &r, &err))
        fail_msg("%s: %s", test, err.detail);
    return r[0];
}

static void check_held(const held *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_rule_outcome o = result_of(a, cases[i].test, cases[i].record).outcome;
        if (o != cases[i].outcome)
            fail_msg("%s of %s: %s", cases[i].test, cases[i].record, cn_rule_outcome_name(o));
    }
}
#define CHECK(cases) check_held(cases, sizeof cases / sizeof *cases)

static void test_values(void **state) {
    (void)state;
    static const held cases[] = {
        {"{'op':'present','path':'a.b'}", "{'a':{'b':0}}", PASS},
        {"{'op':'present','path':'a.b'}", "{'a':{'b':false}}", PASS},
        {"{'op':'present','path':'a.b'}", "{'a':{'b':''}}", FAIL},
        {"{'op':'present','path':'a.b'}", "{'a':{'b':{}}}", FAIL},
        {"{'op':'present','path':'a.b'}", "{'a':[]}", FAIL},
        {"{'op':'eq','path':'a','value':1}", "{'a':1}", PASS},
        {"{'op':'eq','path':'a','value':1}", "{'a':1.0}", FAIL},
        {"{'op':'eq','path':'a','value':1}", "{'a':true}", FAIL},
        {"{'op':'eq','path':'a','value':1.0}", "{'a':1e0}", PASS},
        {"{'op':'eq','path':'a','value':null}", "{}", PASS},
        {"{'op':'eq','path':'a','value':{'b':[1,{}]}}", "{'a':{'b':[1,{}]}}", PASS},
        {"{'op':'eq','path':'a','value':{'b':[1,{}]}}", "{'a':{'b':[1.0,{}]}}", FAIL},
        {"{'op':'in','path':'a','value':['x',2]}", "{'a':2}", PASS},
        {"{'op':'in','path':'a','value':['x',2]}", "{'a':'2'}", FAIL},
        {"{'op':'count_ge','path':'a','value':2}", "{'a':[1,2]}", PASS},
        {"{'op':'count_ge','path':'a','value':2}", "{'a':[1]}", FAIL},
        {"{'op':'count_ge','path':'a','value':1}", "{'a':'text'}", FAIL},
        {"{'op':'count_between','path':'a','value':[1,3]}", "{'a':[1,2,3]}", PASS},
        {"{'op':'count_between','path':'a','value':[1,3]}", "{'a':[1,2,3,4]}", FAIL},
        {"{'op':'exists_where','path':'a','key':'k','value':'v'}", "{'a':[{'k':'u'},{'k':'v'}]}", PASS},
        {"{'op':'exists_where','path':'a','key':'k','value':'v'}", "{'a':[{'k':'u'},'v']}", FAIL},
        {"{'op':'all_have','path':'a','keys':['x','y']}", "{'a':[{'x':1,'y':0}]}", PASS},
        {"{'op':'all_have','path':'a','keys':['x','y']}", "{'a':[{'x':1,'y':false}]}", FAIL},
        {"{'op':'all_have','path':'a','keys':['x']}", "{'a':[]}", FAIL},
        {"{'op':'all_have','path':'a','keys':['x'],'min':2}", "{'a':[{'x':1}]}", FAIL},
        {"{'op':'all_contain','path':'a','key':'k','values':['p','q']}", "{'a':[{'k':['q','p','r']}]}", PASS},
        {"{'op':'all_contain','path':'a','key':'k','values':['p','q']}", "{'a':[{'k':['p','q']},{'k':['p']}]}",
         FAIL},
    };
    CHECK(cases);
}

static void test_numbers(void **state) {
    (void)state;
    static const held cases[] = {
        {"{'op':'ge','path':'a','value':3}", "{'a':3.0}", PASS},
        {"{'op':'ge','path':'a','value':3}", "{'a':true}", FAIL},
        {"{'op':'gt','path':'a','value':3}", "{'a':3}", FAIL},
        {"{'op':'gt','path':'a','value':0.1}", "{'a':0.1000000000000000000001}", PASS},
        {"{'op':'le','path':'a','value':3}", "{}", FAIL},
        {"{'op':'le','path':'a','value':3}", "{'a':-1e300}", PASS},
        {"{'op':'lt','path':'a','value':3}", "{'a':2.9999999999999999999}", PASS},
        {"{'op':'between','path':'a','value':[1,3]}", "{'a':1}", PASS},
        {"{'op':'between','path':'a','value':[1,3]}", "{'a':3.01}", FAIL},
        {"{'op':'between','path':'a','value':[1,3]}", "{'a':'2'}", FAIL},
    };
    CHECK(cases);
}

static void test_texts_and_dates(void **state) {
    (void)state;
    static const held cases[] = {
        {"{'op':'regex','path':'a','value':'^[A-Z]{2}$'}", "{'a':'CA'}", PASS},
        {"{'op':'regex','path':'a','value':'^[A-Z]{2}$'}", "{'a':'CAN'}", FAIL},
        {"{'op':'regex','path':'a','value':'^[A-Z]{2}$'}", "{'a':['CA']}", FAIL},
        {"{'op':'all_regex','path':'a','value':'^[0-9]{5}$'}", "{'a':['12345','00000']}", PASS},
        {"{'op':'all_regex','path':'a','value':'^[0-9]{5}$'}", "{'a':['12345',12345]}", FAIL},
        {"{'op':'all_regex','path':'a','value':'^[0-9]{5}$'}", "{'a':[]}", FAIL},
        {"{'op':'date','path':'a'}", "{'a':'2024-02-29T10:00:00Z'}", PASS},
        {"{'op':'date','path':'a'}", "{'a':'2023-02-29'}", FAIL},
        {"{'op':'date','path':'a'}", "{'a':'2023-2-1'}", FAIL},
        {"{'op':'date_le','path':'a','other':'b'}", "{'a':'2024-01-01T23:00:00Z','b':'2024-01-01'}", PASS},
        {"{'op':'date_le','path':'a','other':'b'}", "{'a':'2024-01-02','b':'2024-01-01'}", FAIL},
        {"{'op':'date_le','path':'a','other':'b'}", "{'a':'2024-01-02'}", FAIL},
        {"{'op':'title_contains_word','path':'t','words':['diploma']}", "{'t':'A DIPLOMA, now'}", PASS},
        {"{'op':'title_contains_word','path':'t','words':['diploma']}", "{'t':'Diplomacy'}", FAIL},
        {"{'op':'title_not_contains','path':'t','words':['new zealand']}", "{'t':'Wines of New Zealanders'}",
         PASS},
        {"{'op':'title_not_contains','path':'t','words':['new zealand']}", "{'t':'(New Zealand) wines'}", FAIL},
        {"{'op':'title_not_contains','path':'t','words':['x']}", "{}", FAIL},
        {"{'op':'title_not_contains','path':'t','words':['diplôme']}", "{'t':'Welding'}", PASS},
        {"{'op':'title_not_contains','path':'t','words':['diplôme']}",
         "{'t':'Welding','t_other':['Soudage','DIPLÔME de soudure']}", FAIL},
        {"{'op':'title_not_contains','path':'t','words':['x']}", "{'t_other':['y']}", FAIL},
        {"{'op':'title_contains_word','path':'t','words':['certificat']}",
         "{'t':'Certificate','t_other':'Certificat'}", PASS},
        {"{'op':'title_contains_word','path':'t','words':['certificat']}",
         "{'t':'Certificate','t_other':['Certification',3]}", FAIL},
        {"{'op':'no_overlap','path':'p','others':'o'}",
         "{'p':{'start':'2026-02-02','end':'2026-03-01'},'o':[{'start':'2026-01-01','end':'2026-02-01'}]}", PASS},
        {"{'op':'no_overlap','path':'p','others':'o'}",
         "{'p':{'start':'2026-02-01','end':'2026-03-01'},'o':[{'start':'2026-01-01','end':'2026-02-01'}]}", FAIL},
        {"{'op':'no_overlap','path':'p','others':'o'}", "{'p':{'start':'2026-02-01','end':'2026-03-01'}}", PASS},
        {"{'op':'no_overlap','path':'p','others':'o'}", "{'p':{'start':'2026-02-01'}}", FAIL},
    };
    CHECK(cases);
}

#define CREDITS(value) "'credits':[{'system':'Q','value':" value "}]"
#define LEVELS(value) "'levels':[{'framework':'F','level':" value "}]"

static void test_learning(void **state) {
    (void)state;
    static const held cases[] = {
        {"{'op':'credits_between','system':'Q','value':[1,3]}", "{'offering':{" CREDITS("3.125") "}}", FAIL},
        {"{'op':'credits_between','system':'Q','value':[1,3.125]}", "{'offering':{" CREDITS("3.125") "}}", PASS},
        {"{'op':'credits_between','system':'Z','value':[1,3]}", "{'offering':{" CREDITS("2") "}}", FAIL},
        {"{'op':'level_in','framework':'F','value':[6,7]}", "{'offering':{" LEVELS("6.0") "}}", PASS},
        {"{'op':'level_in','framework':'F','value':[6,7]}",
         "{'offering':{'levels':[{'framework':'F','level':6},{'framework':'F','level':8}]}}", FAIL},
        {"{'op':'level_in_list','framework':'F','value':[4,4.5]}", "{'offering':{" LEVELS("4.5") "}}", PASS},
        {"{'op':'level_in_list','framework':'F','value':[4,4.5]}", "{'offering':{" LEVELS("4.6") "}}", FAIL},
        {"{'op':'hours_match','system':'Q','hours_per_credit':25,'tolerance':0.1}",
         "{'offering':{'hours':{'total':100}," CREDITS("4.4") "}}", PASS},
        {"{'op':'hours_match','system':'Q','hours_per_credit':25,'tolerance':0.1}",
         "{'offering':{'hours':{'total':100}," CREDITS("4.40000001") "}}", FAIL},
        {"{'op':'hours_match','system':'Q','hours_per_credit':0.1,'tolerance':0}",
         "{'offering':{'hours':{'total':0.3}," CREDITS("3") "}}", PASS},
        {"{'op':'hours_match','system':'Q','hours_per_credit':25,'tolerance':0.1}",
         "{'offering':{" CREDITS("4") "}}", FAIL},
        {"{'op':'hours_match','system':'Q','hours_per_credit':25,'tolerance':0.1}",
         "{'offering':{'hours':{'total':1e300}," CREDITS("1e300") "}}", FAIL},
        {"{'op':'contact_per_credit_ge','system':'Q','value':5}",
         "{'offering':{'hours':{'contact':20}," CREDITS("4") "}}", PASS},
        {"{'op':'contact_per_credit_ge','system':'Q','value':5}",
         "{'offering':{'hours':{'contact':19.99}," CREDITS("4") "}}", FAIL},
        {"{'op':'credits_below_by_level','system':'Q','framework':'F','value':{'6':180}}",
         "{'offering':{" CREDITS("179") "," LEVELS("6") "}}", PASS},
        {"{'op':'credits_below_by_level','system':'Q','framework':'F','value':{'6':180}}",
         "{'offering':{" CREDITS("180") "," LEVELS("6") "}}", FAIL},
        {"{'op':'credits_below_by_level','system':'Q','framework':'F','value':{'6':180}}",
         "{'offering':{" CREDITS("1") "," LEVELS("5") "}}", FAIL},
    };
    CHECK(cases);
}

#define YES "{'op':'eq','path':'y','value':true}"
#define NO "{'op':'eq','path':'n','value':true}"
#define ASK "{'op':'attest','key':'k'}"
#define SKIPS "{'op':'when','if':" NO ",'then':" YES "}"

static void test_combined(void **state) {
    (void)state;
    static const held cases[] = {
        {ASK, "{}", ATTEST},
        {ASK, "{'attestations':{'k':{'name':'A. Person','date':'2026-01-01'}}}", PASS},
        {ASK, "{'attestations':{'k':{'name':'A. Person','date':'soon'}}}", ATTEST},
        {ASK, "{'attestations':{'k':true}}", ATTEST},
        {"{'op':'all','of':[" YES "," ASK "]}", "{'y':true}", ATTEST},
        {"{'op':'all','of':[" ASK "," NO "]}", "{'y':true}", FAIL},
        {"{'op':'all','of':[" SKIPS "]}", "{'y':true}", PASS},
        {"{'op':'any','of':[" NO "," ASK "]}", "{'y':true}", ATTEST},
        {"{'op':'any','of':[" ASK "," YES "]}", "{'y':true}", PASS},
        {"{'op':'any','of':[" SKIPS "]}", "{'y':true}", FAIL},
        {"{'op':'not','of':[" NO "]}", "{}", PASS},
        {"{'op':'not','of':[" YES "]}", "{'y':true}", FAIL},
        {"{'op':'not','of':[" ASK "]}", "{}", ATTEST},
        {"{'op':'not','of':[" SKIPS "]}", "{}", ATTEST},
        {"{'op':'when','if':" YES ",'then':" NO "}", "{'y':true}", FAIL},
        {"{'op':'when','if':" YES ",'then':" NO "}", "{}", SKIP},
        {"{'op':'when','if':" ASK ",'then':" NO "}", "{}", SKIP},
    };
    CHECK(cases);
}

/* The field that people would mend is that of the member that decided. */
static void test_fields(void **state) {
    (void)state;
    static const struct {
        const char *test, *field;
    } cases[] = {
        {"{'op':'all','of':[" YES "," ASK "," NO "]}", "n"},
        {"{'op':'any','of':[" NO "," ASK "]}", "attestations.k"},
        {"{'op':'when','if':" YES ",'then':" NO "}", "n"},
        {"{'op':'not','of':[" YES "]}", "y"},
        {"{'op':'credits_between','system':'Q','value':[1,3]}", "offering.credits"},
    };
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_is(result_of(a, cases[i].test, "{'y':true}").field, cases[i].field);
    const cn_pack *pack = pack_of(a, HEAD RULE("{'op':'all','of':[" YES "," NO "," YES "," ASK
                                               ",{'op':'date_le','path':'y','other':'z'}]}") "]}");
    const cn_slice *fields;
    size_t n;
    cn_err err;
    assert_true(cn_rule_fields(a, &pack->rules[0], &fields, &n, &err));
    assert_int_equal(n, 4);
    check_is(fields[0], "y");
    check_is(fields[2], "attestations.k");
    check_is(fields[3], "z");
}

/* ---- Packs ---- */

#define PACK_OF(id, status, from, to)                                                                             \
    "{'pack':" id ",'title':'T','jurisdiction':'XX','status':" status ",'effective_from':" from                   \
    ",'effective_to':" to ",'rules':[" RULE(YES) "]}"

/* Packs that are refused, and where. */
static const struct {
    const char *pack, *id, *where;
} malformed[] = {
    {"[]", "pack.member", ""},
    {"{'pack':'x'}", "pack.member", ""},
    {"{", "json.syntax", "byte 1 (line 1, column 2)"},
    {HEAD "]}", "pack.member", "/rules"},
    {HEAD RULE("{'op':'is'}") "]}", "pack.operator", "/rules/0/test"},
    {HEAD RULE("{'op':'eq','path':'a'}") "]}", "pack.member", "/rules/0/test"},
    {HEAD RULE("{'op':'eq','path':'a','value':1,'keys':['x']}") "]}", "pack.member", "/rules/0/test/keys"},
    {HEAD RULE("{'op':'ge','path':'a','value':'1'}") "]}", "pack.member", "/rules/0/test/value"},
    {HEAD RULE("{'op':'between','path':'a','value':[3,1]}") "]}", "pack.member", "/rules/0/test/value"},
    {HEAD RULE("{'op':'count_ge','path':'a','value':1.5}") "]}", "pack.member", "/rules/0/test/value"},
    {HEAD RULE("{'op':'regex','path':'a','value':'('}") "]}", "pack.pattern", "/rules/0/test/value"},
    {HEAD RULE("{'op':'all','of':[" YES ",{'op':'all','of':[]}]}") "]}", "pack.member", "/rules/0/test/of/1/of"},
    {HEAD RULE("{'op':'not','of':[" YES "," NO "]}") "]}", "pack.member", "/rules/0/test/of"},
    {HEAD RULE("{'op':'when','if':" YES "}") "]}", "pack.member", "/rules/0/test"},
    {HEAD RULE("{'op':'when','if':" YES ",'then':3}") "]}", "pack.member", "/rules/0/test/then"},
    {HEAD RULE(YES) "," RULE(NO) "]}", "pack.duplicate", "/rules/1/id"},
    {HEAD RULE(YES) "],'variants':[{'name':'v','override':{'X-2':" YES "}}]}", "pack.member",
     "/variants/0/override/X-2"},
    {HEAD RULE(YES) "],'rulez':[]}", "pack.member", "/rulez"},
    {"{'pack':'x','title':{'en':'T'},'jurisdiction':'XX','status':'guide','effective_from':'2020-01-01',"
     "'effective_to':null,'rules':[" RULE(YES) "]}",
     "pack.member", "/title"},
    {"{'pack':'x','title':'T','jurisdiction':'XX','status':'guide','effective_from':'2020-13-01',"
     "'effective_to':null,'rules':[" RULE(YES) "]}",
     "pack.date", "/effective_from"},
    {"{'pack':'x','title':'T','jurisdiction':'XX','status':'guide','effective_from':null,"
     "'effective_to':null,'rules':[" RULE(YES) "]}",
     "pack.date", "/effective_from"},
    {"{'pack':'','title':'T','jurisdiction':'XX','status':'guide','effective_from':'2020-01-01',"
     "'effective_to':null,'rules':[" RULE(YES) "]}",
     "pack.member", "/pack"},
    {"{'pack':'x','pack':'y'}", "json.duplicate-key", "byte 12 (line 1, column 13)"},
    {HEAD "3]}", "pack.member", "/rules/0"},
    {HEAD RULE(YES) ",{'id':'X-2'}]}", "pack.member", "/rules/1"},
    {HEAD RULE_OF("'always'", "'offering'", "'m'", "'s'", "'V'", "") "]}", "pack.member", "/rules/0/severity"},
    {HEAD RULE_OF("'must'", "'world'", "'m'", "'s'", "'V'", "") "]}", "pack.member", "/rules/0/scope"},
    {HEAD RULE_OF("'must'", "'offering'", "'m'", "'s'", "'A'", "") "]}", "pack.member", "/rules/0/confidence"},
    {HEAD RULE_OF("'must'", "'offering'", "{'en':'m'}", "'s'", "'V'", "") "]}", "pack.member", "/rules/0/message"},
    {HEAD RULE_OF("'must'", "'offering'", "{'en':'m','fr':''}", "'s'", "'V'", "") "]}", "pack.member",
     "/rules/0/message/fr"},
    {HEAD RULE_OF("'must'", "'offering'", "'m'", "null", "'V'", "") "]}", "pack.member", "/rules/0/source"},
    {HEAD RULE_OF("'must'", "'offering'", "'m'", "'s'", "'V'", ",'a/b~':1") "]}", "pack.member",
     "/rules/0/a~1b~0"},
    {HEAD RULE("'present'") "]}", "pack.member", "/rules/0/test"},
    {HEAD RULE("{'path':'a'}") "]}", "pack.operator", "/rules/0/test"},
    {HEAD RULE("{'op':'present','path':''}") "]}", "pack.member", "/rules/0/test/path"},
    {HEAD RULE("{'op':'in','path':'a','value':[]}") "]}", "pack.member", "/rules/0/test/value"},
    {HEAD RULE("{'op':'between','path':'a','value':[1]}") "]}", "pack.member", "/rules/0/test/value"},
    {HEAD RULE("{'op':'all_have','path':'a','keys':['x',1]}") "]}", "pack.member", "/rules/0/test/keys"},
    {HEAD RULE("{'op':'all_have','path':'a','keys':['x'],'min':-1}") "]}", "pack.member", "/rules/0/test/min"},
    {HEAD RULE("{'op':'hours_match','system':'Q','hours_per_credit':'9','tolerance':0}") "]}", "pack.member",
     "/rules/0/test/hours_per_credit"},
    {HEAD RULE("{'op':'level_in_list','framework':'F','value':[1,'2']}") "]}", "pack.member",
     "/rules/0/test/value"},
    {HEAD RULE("{'op':'credits_below_by_level','framework':'F','system':'Q','value':{'1':'2'}}") "]}",
     "pack.member", "/rules/0/test/value"},
    {HEAD RULE("{'op':'attest','key':'k','path':'a'}") "]}", "pack.member", "/rules/0/test/path"},
    {HEAD RULE("{'op':'when','if':{'op':'no'},'then':" YES "}") "]}", "pack.operator", "/rules/0/test/if"},
    {HEAD RULE(YES) "],'sources':{'m':1}}", "pack.member", "/sources/m"},
    {HEAD RULE(YES) "],'sources':{'m':''}}", "pack.member", "/sources/m"},
    {PACK_OF("'x'", "'propozal'", "'2020-01-01'", "null"), "pack.member", "/status"},
    {PACK_OF("'x'", "1", "'2020-01-01'", "null"), "pack.member", "/status"},
    {PACK_OF("'x'", "'guide'", "'2020-01-02'", "'2020-01-01'"), "pack.date", "/effective_to"},
    {PACK_OF("'x y'", "'guide'", "'2020-01-01'", "null"), "pack.member", "/pack"},
    {PACK_OF("'X/../x'", "'guide'", "'2020-01-01'", "null"), "pack.member", "/pack"},
    {PACK_OF("'x','family':'x&y'", "'guide'", "'2020-01-01'", "null"), "pack.member", "/family"},
    {PACK_OF("'x','note':{'en':'n'}", "'guide'", "'2020-01-01'", "null"), "pack.member", "/note"},
    {PACK_OF("'x'", "'guide'", "'2020-01-01'", "20200101"), "pack.date", "/effective_to"},
    {HEAD RULE("{'op':'present','path':'a..b'}") "]}", "pack.member", "/rules/0/test/path"},
    {HEAD RULE("{'op':'present','path':'a.b '}") "]}", "pack.member", "/rules/0/test/path"},
    {HEAD RULE("{'op':'present','path':'.a'}") "]}", "pack.member", "/rules/0/test/path"},
    {HEAD RULE("{'op':'present','path':'a.'}") "]}", "pack.member", "/rules/0/test/path"},
    {HEAD RULE("{'op':'date_le','path':'a','other':'b/c'}") "]}", "pack.member", "/rules/0/test/other"},
    {HEAD RULE("{'op':'attest','key':3}") "]}", "pack.member", "/rules/0/test/key"},
    {HEAD RULE("{'op':'exists_where','path':'a','key':'','value':1}") "]}", "pack.member", "/rules/0/test/key"},
    {HEAD RULE("{'op':'title_contains_word','path':'a','words':[]}") "]}", "pack.member", "/rules/0/test/words"},
    {HEAD RULE("{'op':'title_contains_word','path':'a','words':['']}") "]}", "pack.member", "/rules/0/test/words"},
    {HEAD RULE("{'op':'hours_match','system':'Q','hours_per_credit':0,'tolerance':0}") "]}", "pack.member",
     "/rules/0/test/hours_per_credit"},
    {HEAD RULE("{'op':'hours_match','system':'Q','hours_per_credit':9,'tolerance':-0.1}") "]}", "pack.member",
     "/rules/0/test/tolerance"},
    {HEAD RULE("{'op':'hours_match','system':'Q','hours_per_credit':9,'tolerance':10}") "]}", "pack.member",
     "/rules/0/test/tolerance"},
    {HEAD RULE(YES) "],'variants':[{'name':'v','title':{'fr':'w'},'override':{'X-1':" YES "}}]}", "pack.member",
     "/variants/0/title"},
    {HEAD RULE(YES) "],'variants':[{'name':'v','title':3,'override':{'X-1':" YES "}}]}", "pack.member",
     "/variants/0/title"},
    {HEAD RULE(YES) "],'variants':[{'name':'v','effective_from':'2021-01-01','effective_to':'2020-01-01',"
                    "'override':{'X-1':" YES "}}]}",
     "pack.date", "/variants/0/effective_to"},
    {HEAD RULE(YES) "],'variants':[{'name':'v','when':1,'override':{'X-1':" YES "}}]}", "pack.member",
     "/variants/0/when"},
    {HEAD RULE(YES) "],'variants':{}}", "pack.member", "/variants"},
    {HEAD RULE(YES) "],'variants':[{'override':{'X-1':" YES "}}]}", "pack.member", "/variants/0"},
    {HEAD RULE(YES) "],'variants':[{'name':'v','effective_to':'soon','override':{'X-1':" YES "}}]}", "pack.date",
     "/variants/0/effective_to"},
    {HEAD RULE(YES) "],'variants':[{'name':'v','override':{'X-1':{'op':'eq','path':'a'}}}]}", "pack.member",
     "/variants/0/override/X-1"},
};

static void test_bad_packs(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        const cn_pack *pack;
        cn_err err;
        if (cn_pack_read(a, text(a, malformed[i].pack), &pack, &err)) fail_msg("%s is read", malformed[i].pack);
        if (strcmp(err.id, malformed[i].id) != 0 || strcmp(err.where, malformed[i].where) != 0)
            fail_msg("%s: %s at \"%s\": %s", malformed[i].pack, err.id, err.where, err.detail);
    }
}

static void test_nesting_is_bounded(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    const cn_pack *pack;
    cn_err err;
    cn_buf_print(&b, "%s", "{\"op\":\"not\",\"of\":[");
    for (int i = 0; i < 19; i++) cn_buf_print(&b, "%s", "{\"op\":\"not\",\"of\":[");
    cn_buf_print(&b, "%s", "{\"op\":\"present\",\"path\":\"a\"}");
    for (int i = 0; i < 20; i++) cn_buf_print(&b, "%s", "]}");
    cn_slice whole;
    assert_true(cn_arena_print(a, &whole, "%.*s%.*s%s",
                               CN_ARG(text(a, HEAD "{'id':'X-1','severity':'must','scope':'offering','message':'m'"
                                                   ",'source':'s','confidence':'V','test':")),
                               CN_ARG(cn_buf_slice(&b)), "}]}"));
    assert_false(cn_pack_read(a, whole, &pack, &err));
    check_err(err, CN_LIMIT, "pack.size");
}

static void test_variants(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_pack *pack = pack_of(a, HEAD RULE(NO) "],'variants':["
                                                   "{'name':'dated','effective_from':'2021-01-01','effective_to':"
                                                   "'2021-12-31','override':{'X-1':" YES "}},"
                                                   "{'name':'undated','override':{'X-1':" YES "}}]}");
    static const struct {
        const char *record, *date;
        cn_rule_outcome outcome;
    } cases[] = {
        {"{'y':true,'variants':['dated']}", "2021-01-01", CN_RULE_PASS},
        {"{'y':true,'variants':['dated']}", "2021-12-31", CN_RULE_PASS},
        {"{'y':true,'variants':['dated']}", "2022-01-01", CN_RULE_FAIL},
        {"{'y':true,'variants':['undated']}", "2021-06-01", CN_RULE_FAIL},
        {"{'y':true}", "2021-06-01", CN_RULE_FAIL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const cn_rule_result *r;
        const cn_json *v;
        cn_err err;
        assert_true(cn_json_read(a, text(a, cases[i].record), NULL, &v, &err));
        assert_true(cn_pack_check(a, pack, v, cn_slice_of(cases[i].date), &r, &err));
        assert_int_equal(r[0].outcome, cases[i].outcome);
    }
}

/* ---- The shelf ---- */

static void test_builtin(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_packs packs;
    cn_err err;
    size_t rules = 0;
    if (!cn_packs_builtin(a, &packs, &err)) fail_msg("%s (%s)", err.detail, err.where);
    assert_int_equal(packs.n, 21);
    for (size_t i = 0; i < packs.n; i++) {
        rules += packs.v[i]->rules_n;
        for (size_t k = 0; k < packs.v[i]->rules_n; k++) {
            const cn_rule *rule = &packs.v[i]->rules[k];
            assert_true(rule->message.fr.n && rule->enforced == (rule->confidence != 'R'));
        }
    }
    assert_int_equal(rules, 195);
}

static void test_choosing(void **state) {
    (void)state;
    static const struct {
        const char *id, *date, *chosen, *error;
    } cases[] = {
        {"nz-nzqa", "2020-01-01", "nz-nzqa-2018", NULL},
        {"nz-nzqa", "2022-07-31", "nz-nzqa-2018", NULL},
        {"nz-nzqa", "2022-08-01", "nz-nzqa-2022", NULL},
        {"nz-nzqa-2022", "2026-01-01", "nz-nzqa-2022", NULL},
        {"nz-nzqa-2022", "2022-07-31", NULL, "pack.not-in-force"},
        {"nz-nzqa", "2017-01-01", NULL, "pack.not-in-force"},
        {"nz", "2026-01-01", NULL, "pack.unknown"},
        {"nz-nzqa", "2026-1-1", NULL, "pack.date"},
        {"on-omc-2023-proposal", "2026-01-01", "on-omc-2023-proposal", NULL},
        {"on-omc", "2026-01-01", NULL, "pack.not-in-force"},
        {"ca-qc-practice", "2026-01-01", "ca-qc-practice", NULL},
    };
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_packs packs;
    cn_err err;
    assert_true(cn_packs_builtin(a, &packs, &err));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const cn_pack *pack;
        bool found = cn_packs_choose(&packs, cn_slice_of(cases[i].id), cn_slice_of(cases[i].date), &pack, &err);
        if (found != (cases[i].error == NULL)) fail_msg("%s on %s", cases[i].id, cases[i].date);
        if (found) check_is(pack->id, cases[i].chosen);
        else assert_string_equal(err.id, cases[i].error);
    }
    assert_false(cn_packs_choose(&packs, CN_S("nz-nzqa-2018"), CN_S("2022-08-01"), &(const cn_pack *){0}, &err));
    assert_non_null(strstr(err.detail, "2018-08-22"));
    assert_non_null(strstr(err.detail, "2022-07-31"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),          cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_texts_and_dates), cmocka_unit_test(test_learning),
        cmocka_unit_test(test_combined),        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_bad_packs),       cmocka_unit_test(test_nesting_is_bounded),
        cmocka_unit_test(test_variants),        cmocka_unit_test(test_builtin),
        cmocka_unit_test(test_choosing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
