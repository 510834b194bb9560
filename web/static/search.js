// SPDX-License-Identifier: Apache-2.0
// A search that answers while one types: it asks for what the form's button would show, puts it in the same place, and
// keeps the page's address, its link to the other language and its other forms in step. Without it the button does.
(() => {
  const PAUSE = 200, KEPT = 40; // milliseconds; answers
  const form = document.querySelector('[data-answers]');
  if (!form) return;
  const { q } = form.elements, { answers, failed } = form.dataset;
  const parts = [...document.getElementById('results').children]; // how many there are, which is read out; the items
  const kept = new Map();
  let timer, asking, asked = '';

  const put = (answer) => parts.forEach((part, i) => part.replaceChildren(...(answer[i]?.childNodes ?? [])));
  const show = (html) => put(new DOMParser().parseFromString(html, 'text/html').body.children);
  const clear = () => put([]);

  function say(words) {
    const line = document.createElement('p');
    line.className = 'govuk-body';
    line.textContent = words;
    clear();
    parts[0].append(line);
  }

  function keep(question, html) {
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
    kept.set(question, html);
  }

  // Only the newest question is answered, however late the answers to others come.
  async function ask(question) {
    const mine = new AbortController();
    asking = mine;
    try {
      const answer = await fetch(`${answers}?${question}`, { signal: mine.signal, redirect: 'error' });
      if (!answer.ok) throw new Error(answer.statusText);
      const html = await answer.text();
      keep(question, html);
      if (asking === mine) show(html);
    } catch {
      if (asking === mine) say(failed);
    }
  }

  function follow(fields) {
    window.history.replaceState(null, '', `${new URL(form.action).pathname}?${fields}`);
    for (const link of document.querySelectorAll('a[hreflang]')) {
      const url = new URL(link.href);
      for (const name of ['q', 'framework']) url.searchParams.set(name, fields.get(name));
      link.href = url;
    }
    for (const other of document.querySelectorAll('form[method=post]'))
      for (const name of ['q', 'framework'])
        if (other.elements[name]) other.elements[name].value = fields.get(name);
  }

  function settle() {
    const fields = new URLSearchParams(new FormData(form)), question = fields.toString();
    if (question === asked) return;
    asked = question;
    asking?.abort();
    asking = undefined;
    follow(fields);
    if (!q.value.trim()) clear();
    else if (kept.has(question)) show(kept.get(question));
    else ask(question);
  }

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE);
  });
  if (q.value !== q.defaultValue) settle();
})();
