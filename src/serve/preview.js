/* The living part of a page in the preview of `annals serve`. Never part of the published site.

   It tells the server which version of which page this is, and is told when another one stands (`reload`), when only the
   style sheets are others (`styles`), and what is wrong with the site (`problems`). What is wrong is shown in a panel that
   stands apart from the page (a shadow root), so that neither changes the looks of the other. Whatever comes from files is
   text here, never HTML. */
(() => {
  'use strict';

  const { base, version, route } = document.currentScript.dataset;
  const own = `${base}__annals/`;
  // The page that stands in for a site that cannot be shown lists the problems itself.
  const bare = document.body.matches('.own.problems-page');

  let source = null;
  let current = version;
  let lost = 0;
  let again = 0;

  // -- the connection

  // Browsers keep few connections to one server. A page that nobody sees lets go of its own, or a handful of tabs would
  // leave none; when it is seen again it asks what stands, as at the start.
  function connect() {
    if (source || document.hidden) return;
    const query = new URLSearchParams({ route, version: current }).toString().replaceAll('+', '%20');
    source = new EventSource(`${own}events?${query}`);
    source.addEventListener('open', found);
    source.addEventListener('error', missed);
    source.addEventListener('reload', (event) => reload(JSON.parse(event.data).to));
    source.addEventListener('styles', (event) => restyle(JSON.parse(event.data)));
    source.addEventListener('problems', (event) => show(JSON.parse(event.data)));
  }

  function disconnect() {
    clearTimeout(again);
    source?.close();
    source = null;
    found();
  }

  function found() {
    clearTimeout(lost);
    lost = 0;
    panel?.connected(true);
  }

  function missed() {
    // A server that is started again is not gone.
    lost ||= setTimeout(() => summon().connected(false), 1500);
    if (source?.readyState !== EventSource.CLOSED) return;
    // It comes back by itself only from silence, not from an answer that is none.
    source = null;
    again = setTimeout(connect, 1000);
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', connect);

  // -- another version

  const KEPT = 'annals-preview-scroll';

  function reload(to) {
    disconnect();
    const place = { page: to ?? location.pathname, x: scrollX, y: scrollY };
    remember(KEPT, place);
    if (to === undefined) location.reload();
    else location.replace(to + location.search + location.hash);
  }

  // Browsers keep the place over a reload, but not always where an address names a part of the page.
  function restore() {
    const place = recall(KEPT);
    remember(KEPT, null);
    if (!place || place.page !== location.pathname) return;
    const go = () => {
      if (Math.abs(scrollY - place.y) > 1) scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
    };
    go();
    if (document.readyState !== 'complete') addEventListener('load', () => requestAnimationFrame(go), { once: true });
  }

  function restyle({ version: next, pairs }) {
    current = next;
    for (const link of document.querySelectorAll('link[rel~="stylesheet"][href]')) {
      const href = link.getAttribute('href');
      const pair = pairs.find(([before]) => href.endsWith(before));
      if (!pair || link.dataset.annalsLeaves) continue;
      link.dataset.annalsLeaves = '';
      const fresh = link.cloneNode();
      delete fresh.dataset.annalsLeaves;
      fresh.href = href.slice(0, -pair[0].length) + pair[1];
      // The old one goes when the new one is there, so that the page never stands without.
      fresh.addEventListener('load', () => link.remove(), { once: true });
      fresh.addEventListener('error', () => reload(), { once: true });
      link.after(fresh);
    }
  }

  // -- what is wrong

  let panel = null;

  function summon() {
    panel ??= build();
    return panel;
  }

  function show(board) {
    if (bare) return;
    if (panel || board.errors + board.warnings > 0 || board.trouble) summon().show(board);
  }

  function make(name, attributes, ...content) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) element.setAttribute(key, value);
    element.append(...content.filter((part) => part !== null && part !== undefined));
    return element;
  }

  function count(number, noun) {
    return number === 0 ? null : `${number} ${noun}${number === 1 ? '' : 's'}`;
  }

  function words(board) {
    const counts = [count(board.errors, 'error'), count(board.warnings, 'warning')].filter(Boolean);
    if (board.trouble) counts.unshift('unreadable');
    return counts.length ? counts.join(', ') : 'no problems';
  }

  function place({ path, line, column }) {
    return make('code', null, `${path}:${line}:${column}`);
  }

  // What stands between backticks is code, as in Markdown; a backtick without its fellow is one.
  function prose(text) {
    const parts = text.split('`');
    if (parts.length % 2 === 0) return [text];
    return parts.map((part, at) => (at % 2 ? make('code', null, part) : part));
  }

  function problem(one) {
    const item = make('li', { class: `problem ${one.level}` },
      make('p', { class: 'what' }, make('span', { class: 'level' }, one.level), ' ', ...prose(one.message), ' ',
        make('span', { class: 'code' }, one.code)),
      make('p', { class: 'where' }, place(one)));
    if (one.snippet.length) {
      const lines = one.snippet.map(({ number, before, marked, after }) =>
        make('span', { class: 'line' },
          make('span', { class: 'number' }, String(number)), before, marked ? make('mark', null, marked) : null, after, '\n'));
      item.append(make('pre', { class: 'snippet', tabindex: '0' }, ...lines));
    }
    for (const label of one.labels) item.append(make('p', { class: 'label' }, place(label), ' ', ...prose(label.message)));
    for (const help of one.help) item.append(make('p', { class: 'help' }, ...prose(help)));
    const more = make('p', { class: 'small' }, make('code', null, one.explain));
    if (one.page) more.prepend(make('a', { href: one.page }, 'The page of this record'), ' · ');
    item.append(more);
    return item;
  }

  function build() {
    const host = make('annals-preview', { hidden: '' });
    const root = host.attachShadow({ mode: 'open' });
    const style = make('link', { rel: 'stylesheet', href: `${own}preview.css` });
    // Without its style sheet it would be a heap of text.
    for (const event of ['load', 'error']) style.addEventListener(event, () => host.removeAttribute('hidden'), { once: true });

    const toggle = make('button', { type: 'button', class: 'toggle', 'aria-expanded': 'false', 'aria-controls': 'list' });
    const status = make('p', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
    const gone = make('p', { class: 'gone', role: 'status', hidden: '' }, 'preview stopped: start ',
      make('code', null, 'annals serve'), ' again, and this page goes on');
    const fold = make('button', { type: 'button', class: 'fold' }, 'Fold');
    const stale = make('p', { class: 'stale' });
    const list = make('ol', { class: 'problems' });
    const rest = make('p', { class: 'small rest' });
    const sheet = make('section', { id: 'list', class: 'sheet', 'aria-label': 'Problems of this site', hidden: '' },
      make('header', null, make('h2', null, 'Problems'), fold), stale, list, rest);
    const bar = make('div', { class: 'bar', hidden: '' }, toggle);
    root.append(style, sheet, bar, gone, status);
    document.documentElement.append(host);

    const FOLDED = 'annals-preview-open';
    let board = null;

    function open(is) {
      sheet.toggleAttribute('hidden', !is);
      toggle.setAttribute('aria-expanded', String(is));
    }

    function choose(is) {
      if (!is && sheet.contains(root.activeElement)) toggle.focus();
      open(is);
      remember(FOLDED, { id: board.id, open: is });
    }

    toggle.addEventListener('click', () => choose(sheet.hidden));
    fold.addEventListener('click', () => choose(false));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !sheet.hidden) choose(false);
    });

    return {
      connected(is) {
        gone.toggleAttribute('hidden', is);
      },
      show(next) {
        const changed = board?.id !== next.id;
        board = next;
        if (!changed) return;
        const text = words(next);
        const any = next.errors + next.warnings > 0 || next.trouble !== null;
        status.textContent = text;
        toggle.textContent = text;
        bar.className = `bar ${next.errors || next.trouble ? 'error' : 'warning'}`;
        bar.toggleAttribute('hidden', !any);
        stale.textContent = [next.trouble, next.stale ? 'The last good version is shown beneath.' : null].filter(Boolean).join(' – ');
        stale.toggleAttribute('hidden', !stale.textContent);
        list.replaceChildren(...next.list.map(problem));
        rest.textContent = next.left_out ? `${next.left_out} more: annals check shows them all.` : '';
        rest.toggleAttribute('hidden', !next.left_out);
        sheet.scrollTop = 0;
        const chosen = recall(FOLDED);
        open(any && (chosen?.id === next.id ? chosen.open : next.stale));
      },
    };
  }

  // -- the memory of this tab, which a browser may refuse

  function remember(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(value));
    } catch { /* Then it is forgotten. */ }
  }

  function recall(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  restore();
  connect();
})();
