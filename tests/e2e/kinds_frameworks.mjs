// SPDX-License-Identifier: Apache-2.0
// Pages about frameworks, for anybody.
export function frameworkKinds() {
  const at = (path) => (page, server, language) => page.goto(`${server.origin}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
  const answered = (fields) => async (page, server, language) => {
    await page.goto(`${server.origin}/self-check?lang=${language}`);
    for (const [id, value] of Object.entries(fields)) {
      const choice = page.locator(`input[type=radio][name=${id}][value="${value}"]`);
      if (await choice.count()) await choice.check();
      else await page.locator(`[id=${id}]`).fill(value);
    }
    await page.locator('main form button').click();
    await page.waitForLoadState();
  };
  return {
    frameworks: at('/frameworks'),
    framework: at('/frameworks/au-nmf-2021'),
    'frameworks-compared': at('/frameworks/compare?a=on-ecampus-2020&b=ca-bc-2021'),
    'frameworks-core': at('/frameworks/core'),
    'credits-converted': at('/frameworks/convert?what=credits&from=NZ&value=15&to=ECTS'),
    'level-unmapped': at('/frameworks/convert?what=levels&from=OQF&value=5&to=EQF'),
    'self-check': at('/self-check'),
    'self-check-answered': answered({ status: 'citizen', region: 'elsewhere', family: '1', income: '80000', start: '2026-01-05', end: '2026-02-05' }),
    'self-check-wrong': answered({ income: 'much' }),
  };
}
