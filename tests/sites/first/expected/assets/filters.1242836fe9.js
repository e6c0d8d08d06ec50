/* The form of the filters: from what a reader does to rows on the page, and to the address.

   The form and its words stand in the page (`templates/components/filters.html`). The table of all incidents is loaded
   once, when somebody comes near the form or when the address asks for something. What was chosen is kept in the
   address: a choice is a step that the back button takes back, typing is not. */

(function () {
  'use strict';

  const filters = globalThis.annals.filters;
  const form = document.getElementById('s-filters');
  if (!form) {
    return;
  }

  /** So many rows, and then so many more each time. */
  const ROWS = 100;
  /** So many rows at once, the others when the browser had a breath. */
  const BATCH = 12;
  /** So many choices of a long list. */
  const CHOICES = 12;

  const words = form.dataset;
  const part = (name) => document.getElementById('s-filters-' + name);
  const fold = part('fold');
  const summary = fold.querySelector('summary');
  const status = part('status');
  const told = part('told');
  const chips = part('chosen');
  const bar = part('outcome');
  const results = part('results');
  const rows = part('rows');
  const none = part('none');
  const more = part('more');
  const lists = document.querySelectorAll('.timeline');
  const inputs = Object.fromEntries(
    ['q', 'from', 'to', 'min', 'max', 'currency', 'certain', 'disputed'].map((key) => [key, form.elements[key]]),
  );
  const groups = Array.from(form.querySelectorAll('[data-key]'), group);
  const made = new Map();

  let state = filters.read(location.search);
  let outcome = null;
  let limit = ROWS;
  let pass = 0;
  let asked = false;
  let kept = false;
  let typing = 0;
  let frame = 0;

  /** The pattern with its places filled, in one pass. Numbers come in groups of digits already, as `{n:,}` asks. */
  function fill(pattern, places) {
    return pattern.replace(/\{(\w+)(?::[^}]*)?\}/g, (_, name) => places[name]);
  }

  function digits(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, words.separator);
  }

  function incidents(number) {
    return fill(number === 1 ? words.one : words.many, { n: digits(number) });
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  function write(node, text) {
    if (node.textContent !== text) {
      node.textContent = text;
    }
  }

  // -- the table

  function load() {
    if (asked) {
      return;
    }
    asked = true;
    const script = element('script');
    script.src = words.table;
    script.addEventListener('error', () => {
      asked = false;
      script.remove();
      write(status, words.failed);
    });
    document.head.append(script);
  }

  filters.ready = function (table) {
    show();
    // The texts are folded before anybody types, a little at a time.
    const later = globalThis.requestIdleCallback || ((run) => setTimeout(run, 50));
    let at = 0;
    const step = () => {
      const end = performance.now() + 8;
      at = filters.prepare(table, at, () => performance.now() < end);
      if (at < table.size) {
        later(step);
      }
    };
    later(step);
  };

  // -- choices

  function group(fieldset) {
    const own = {
      key: fieldset.dataset.key,
      title: fieldset.querySelector('legend').textContent,
      list: fieldset.querySelector('ul'),
      narrow: fieldset.querySelector('[data-narrow]'),
      choices: new Map(),
    };
    for (const item of own.list.children) {
      own.choices.set(item.querySelector('input').value, choice(item));
    }
    if (own.narrow) {
      own.narrow.addEventListener('input', () => outcome && relist(own));
    }
    return own;
  }

  function choice(item) {
    const [name, count] = ['.filters-name', '.filters-count'].map((part) => item.querySelector(part));
    return { item, input: item.querySelector('input'), name, count };
  }

  function newChoice(own, entry) {
    const item = own.list.querySelector('li').cloneNode(true);
    const made = choice(item);
    made.input.value = entry[0];
    made.name.textContent = entry[1];
    return made;
  }

  /** Fills a long list anew: what is chosen, then what fits the typed name, those of most incidents first. */
  function relist(own) {
    const entries = filters.table.lists[own.key];
    const counts = outcome.counts[own.key];
    const typed = own.narrow.value.trim();
    const chosen = (at) => state[own.key].includes(entries[at][0]);
    const found = typed ? filters.named(filters.table, own.key, typed) : Array.from(entries.keys());
    const others = found.filter((at) => !chosen(at) && (typed || counts[at]));
    others.sort((a, b) => counts[b] - counts[a] || a - b);
    const shown = [...entries.keys()].filter(chosen).concat(others.slice(0, CHOICES));
    const items = shown.map((at) => {
      const entry = entries[at];
      if (!own.choices.has(entry[0])) {
        own.choices.set(entry[0], newChoice(own, entry));
      }
      return own.choices.get(entry[0]).item;
    });
    // One stays, though it has no incident: others are made after its like.
    own.list.replaceChildren(...(items.length ? items : [own.list.firstElementChild]));
    recount(own);
  }

  function recount(own) {
    const counts = outcome.counts[own.key];
    filters.table.lists[own.key].forEach(([value], at) => {
      const known = own.choices.get(value);
      if (known) {
        write(known.count, digits(counts[at]));
        known.item.classList.toggle('filters-empty', !counts[at]);
        known.input.checked = state[own.key].includes(value);
      }
    });
  }

  // -- rows

  function row(i) {
    if (!made.has(i)) {
      made.set(i, newRow(filters.table.data, i));
    }
    const item = made.get(i);
    item.querySelector('.filters-perhaps').hidden = !outcome.perhaps[i];
    return item;
  }

  function newRow(data, i) {
    const item = element('li', 'card');
    const what = element('div', 'card-what');
    const heading = element('h3');
    const link = element('a', '', data.title[i]);
    link.href = 'incidents/' + data.id[i] + '.html';
    heading.append(link);
    what.append(heading);
    if (data.figures[i].length) {
      const figures = element('ul', 'card-figures');
      figures.append(...data.figures[i].map((text) => element('li', '', text)));
      what.append(figures);
    }
    if (data.summary[i]) {
      what.append(element('p', 'card-summary', data.summary[i]));
    }
    const meta = element('ul', 'meta');
    const add = (content) => {
      const entry = element('li');
      entry.append(content);
      meta.append(entry);
      return entry;
    };
    if (data.drafts.includes(i)) {
      add(element('span', 'badge badge-draft', words.draft));
    }
    if (data.kind[i]) {
      const [id, label] = data.kinds[data.kind[i] - 1];
      const kind = element('a', '', label);
      kind.href = 'kinds/' + id + '.html';
      add(kind);
    }
    if (data.status[i]) {
      const [id, word] = data.statuses[data.status[i] - 1];
      add(element('span', 'badge status-' + id, word));
    }
    if (data.disputed[i]) {
      add(element('span', 'badge badge-points', data.phrases[data.disputed[i] - 1]));
    }
    add(data.phrases[data.sources[i] - 1]);
    add(words.perhaps).className = 'filters-perhaps';
    what.append(meta);
    item.append(element('p', 'card-when', data.when[i]), what);
    return item;
  }

  /** Shows the rows from `from` on, up to the limit. */
  function fillRows(from) {
    const mine = ++pass;
    const { hits } = outcome;
    const end = Math.min(hits.length, limit);
    const batch = (at) => {
      const upto = Math.min(end, at + BATCH);
      const next = hits.slice(at, upto).map(row);
      if (at === 0) {
        rows.replaceChildren(...next);
      } else {
        rows.append(...next);
      }
      if (upto < end) {
        setTimeout(() => mine === pass && batch(upto));
      }
    };
    batch(from);
    more.hidden = hits.length <= limit;
    none.hidden = hits.length > 0;
  }

  // -- the whole

  /** Brings the page to the state. `within` is the group in which a choice was made: its order stays under the hand. */
  function show(within) {
    const active = filters.active(state);
    if (!filters.table) {
      if (active) {
        load();
        write(status, words.loading);
        showBar();
        // All that will stand above the rows stands there already.
        showChips();
        results.hidden = false;
        hideLists(true);
      }
      return;
    }
    outcome = filters.match(filters.table, state);
    for (const own of groups) {
      if (own.narrow && own !== within) {
        relist(own);
      } else {
        recount(own);
      }
    }
    if (inputs.disputed) {
      write(part('disputed-count'), digits(outcome.counts.disputed));
    }
    showChips();
    limit = ROWS;
    pass++;
    if (active) {
      fillRows(0);
    } else {
      rows.replaceChildren();
    }
    write(status, incidents(outcome.hits.length));
    write(told, '');
    part('clear').disabled = !active;
    results.hidden = !active;
    hideLists(active);
    showBar();
  }

  /** Hides the page's own list, or shows it. One that was in sight keeps its shape, so that it is back at once. */
  function hideLists(hide) {
    for (const list of lists) {
      list.classList.toggle('filters-kept', kept);
      list.hidden = hide;
    }
    kept = kept || !hide;
  }

  /** The bar is there before the first choice: it must not come up under the hand. */
  function showBar() {
    bar.hidden = !fold.open && !filters.active(state);
  }

  function showChips() {
    const given = [];
    const add = (name, value, drop) => given.push({ text: fill(words.chip, { name, value }), drop });
    if (state.q) {
      add(words.q, state.q, () => (state.q = ''));
    }
    for (const { key, title, choices } of groups) {
      for (const value of state[key]) {
        const drop = () => (state[key] = state[key].filter((one) => one !== value));
        const known = choices.get(value);
        add(title, known ? known.name.textContent : value, drop);
      }
    }
    if (state.disputed) {
      given.push({ text: words.disputed, drop: () => (state.disputed = false) });
    }
    for (const key of ['from', 'to', 'min', 'max']) {
      if (state[key]) {
        add(words[key], state[key], () => (state[key] = ''));
      }
    }
    const focus = Array.from(chips.children).findIndex((item) => item.contains(document.activeElement));
    chips.replaceChildren(
      ...given.map(({ text, drop }) => {
        const item = element('li');
        const button = element('button', 'filters-chip', text);
        button.type = 'button';
        button.setAttribute('aria-label', fill(words.remove, { filter: text }));
        button.addEventListener('click', () => {
          drop();
          settle();
        });
        item.append(button);
        return item;
      }),
    );
    chips.hidden = !given.length;
    if (focus >= 0) {
      const next = chips.children[Math.min(focus, given.length - 1)];
      (next ? next.firstChild : summary).focus();
    }
  }

  /** Brings the fields to the state. */
  function setFields() {
    for (const [key, input] of Object.entries(inputs)) {
      if (!input) {
        continue;
      }
      if (input.type === 'checkbox') {
        input.checked = state[key];
      } else if (key === 'currency') {
        input.value = state.currency || input.options[0].value;
      } else if (input.value.trim() !== state[key]) {
        input.value = state[key];
      }
    }
    for (const own of groups) {
      own.choices.forEach(({ input }, value) => (input.checked = state[own.key].includes(value)));
    }
    complain(true);
  }

  /** Says beside a field what cannot be read; while somebody types, only takes back what was said. */
  function complain(loudly) {
    for (const [key, fault] of Object.entries(filters.faults(state))) {
      const input = inputs[key];
      if (input && (loudly || !fault)) {
        input.setAttribute('aria-invalid', String(Boolean(fault)));
        write(part(key + '-fault'), fault ? fill(words.chip, { name: words[key], value: input.dataset[fault] }) : '');
      }
    }
  }

  // -- the address

  function remember(step) {
    clearTimeout(typing);
    const query = filters.write(state, location.search);
    if (query === location.search) {
      return;
    }
    try {
      history[step](null, '', query || location.pathname);
    } catch {
      // A browser may refuse this to a page from a disk. The filters work all the same.
    }
  }

  /** After a choice: a step of its own. */
  function settle(within) {
    setFields();
    remember('pushState');
    show(within);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    complain(true);
  });

  form.addEventListener('input', (event) => {
    const { name, value, type } = event.target;
    if (!name || type === 'checkbox' || name === 'currency') {
      return;
    }
    state[name] = value.trim();
    // The currency that stands there is meant.
    state.currency = inputs.currency ? inputs.currency.value : '';
    complain(false);
    // Of letters that come faster than pictures, one picture.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => show());
    clearTimeout(typing);
    typing = setTimeout(() => remember('replaceState'), 400);
  });

  form.addEventListener('change', (event) => {
    const { name, value, type, checked } = event.target;
    if (filters.LISTS.includes(name)) {
      state[name] = state[name].filter((one) => one !== value).concat(checked ? [value] : []);
      settle(groups.find((own) => own.key === name));
    } else if (type === 'checkbox') {
      state[name] = checked;
      settle();
    } else if (name === 'currency') {
      state.currency = value;
      settle();
    } else if (name) {
      complain(true);
      remember('replaceState');
    }
  });

  part('clear').addEventListener('click', clear);

  function clear() {
    state = filters.read('');
    groups.forEach(({ narrow }) => narrow && (narrow.value = ''));
    settle();
    summary.focus();
  }

  part('show').addEventListener('click', () => {
    const list = results.hidden ? lists[0] : results;
    list.tabIndex = -1;
    list.focus();
    list.scrollIntoView();
  });

  part('copy').addEventListener('click', async () => {
    remember('replaceState');
    let done = false;
    try {
      await navigator.clipboard.writeText(location.href);
      done = true;
    } catch {
      // No clipboard for this page, or no leave to use it.
    }
    write(told, done ? words.copied : words.uncopied);
  });

  more.addEventListener('click', () => {
    const from = Math.min(limit, outcome.hits.length);
    limit += ROWS;
    fillRows(from);
    rows.children[from].querySelector('a').focus();
  });

  for (const near of ['pointerover', 'focusin']) {
    form.addEventListener(near, load, { once: true });
  }
  fold.addEventListener('toggle', () => {
    load();
    showBar();
  });

  addEventListener('popstate', () => {
    clearTimeout(typing);
    state = filters.read(location.search);
    setFields();
    show();
  });
  addEventListener('pagehide', () => remember('replaceState'));

  // A link to what the filters hide takes them off.
  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target && Array.from(lists).some((list) => list.hidden && list.contains(target))) {
      state = filters.read('');
      settle();
    }
  });

  form.hidden = false;
  setFields();
  show();
})();
