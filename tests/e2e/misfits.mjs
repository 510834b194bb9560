// SPDX-License-Identifier: Apache-2.0
// What does not fit on a page, for the tests of layout.
// Runs in the page: what goes over the edge, is cut off, lies on something else, or is too small to press (WCAG 2.2,
// 2.5.8: 24 px, but for links within a sentence).
export function misfits() {
  const found = [], root = document.documentElement, edge = root.clientWidth;
  if (root.scrollWidth > edge) found.push(`the page is ${root.scrollWidth} px wide, not ${edge}`);
  const name = (e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute('class')}"> ${e.textContent.slice(0, 40)}`;
  const hidden = (e) => e.closest('.govuk-visually-hidden, .govuk-skip-link')
    || !e.checkVisibility({ checkVisibilityCSS: true });
  const pressed = [];
  for (const e of document.body.querySelectorAll('*')) {
    if (hidden(e)) continue;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (box.width > 0 && (box.right > edge + 1 || box.left < -1)) found.push(`over the edge: ${name(e)}`);
    const clips = style.overflowX !== 'visible' && e.tagName !== 'TEXTAREA' && e.tagName !== 'INPUT'
      && !e.closest('svg');
    if (clips && e.scrollWidth > e.clientWidth + 1) found.push(`cut off: ${name(e)}`);
    if (style.textOverflow === 'ellipsis' && e.tagName !== 'INPUT') found.push(`shortened: ${name(e)}`);
    if (e.matches('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
      const inSentence = e.matches('p a, li a, dd a') && style.display === 'inline';
      // The label of a button to choose by is pressed as well as the button.
      const choice = e.matches('input[type=radio], input[type=checkbox]') && e.labels.length > 0;
      if (!inSentence && !choice && (box.height < 24 || box.width < 24)) {
        found.push(`${Math.round(box.width)} x ${Math.round(box.height)} px to press: ${name(e)}`);
      }
      for (const [other, its] of pressed) {
        const over = Math.min(box.right, its.right) - Math.max(box.left, its.left) > 1
          && Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top) > 1;
        if (over && !inSentence && !other.contains(e)) found.push(`one on the other: ${name(other)} and ${name(e)}`);
      }
      if (!inSentence) pressed.push([e, box]);
    }
  }
  return found;
}

// Runs in the page: lines of running text that are too long to read with ease.
function longLines() {
  const found = [];
  for (const e of document.querySelectorAll('main p')) {
    const words = document.createRange(), unseen = [...e.querySelectorAll('.govuk-visually-hidden')];
    unseen.forEach((one) => { one.style.display = 'none'; });
    words.selectNodeContents(e);
    const em = parseFloat(getComputedStyle(e).fontSize), { width } = words.getBoundingClientRect();
    unseen.forEach((one) => { one.style.display = ''; });
    if (width > em * 45) found.push(`${Math.round(width / em)} em: ${e.textContent.slice(0, 40)}`);
  }
  return found;
}

// Both, at each width.
export async function unfit(page, widths) {
  const found = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...(await page.evaluate(misfits)).map((one) => `${width} px: ${one}`));
  }
  return [...found, ...await page.evaluate(longLines)];
}
