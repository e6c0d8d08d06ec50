// Light or dark, before anything is painted; the switch in the masthead; the manifest for telephones.
//
// A page follows the system until its reader presses the switch, and again once what was chosen is what the system
// says. The choice is kept by the browser, for this host. Where it cannot be kept, it lasts as long as the page.
(function () {
  'use strict';

  const KEY = 'annals-theme';
  const root = document.documentElement;
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const schemes = document.querySelector('meta[name="color-scheme"]');
  // One for each scheme, as `media` says; what is chosen overrules both.
  const bars = Array.from(document.querySelectorAll('meta[name="theme-color"]'), function (meta) {
    return { meta: meta, content: meta.content, theme: meta.media.includes('dark') ? 'dark' : 'light' };
  });
  let chosen = null;
  let button = null;

  function recall() {
    try {
      const kept = window.localStorage.getItem(KEY);
      chosen = kept === 'light' || kept === 'dark' ? kept : null;
    } catch {
      // Storage is shut off: what was chosen on this page still holds.
    }
  }

  function keep() {
    try {
      if (chosen) {
        window.localStorage.setItem(KEY, chosen);
      } else {
        window.localStorage.removeItem(KEY);
      }
    } catch {
      // As above.
    }
  }

  function isDark() {
    return chosen ? chosen === 'dark' : system.matches;
  }

  function show() {
    if (chosen) {
      root.dataset.theme = chosen;
    } else {
      delete root.dataset.theme;
    }
    if (schemes) {
      schemes.content = chosen || 'light dark';
    }
    for (const bar of bars) {
      const source = bars.find(function (other) { return other.theme === chosen; }) || bar;
      bar.meta.content = source.content;
    }
    if (button) {
      button.setAttribute('aria-pressed', String(isDark()));
    }
  }

  function refresh() {
    recall();
    show();
  }

  // Others may style by it what works with scripts alone.
  root.classList.add('js');
  refresh();

  document.addEventListener('DOMContentLoaded', function () {
    button = document.querySelector('.theme-switch');
    if (!button) {
      return;
    }
    button.addEventListener('click', function () {
      const dark = !isDark();
      chosen = dark === system.matches ? null : dark ? 'dark' : 'light';
      keep();
      show();
    });
    show();
    button.hidden = false;
  });
  // From a disk a browser refuses the manifest, and says so as a fault of the page.
  const manifest = document.currentScript.dataset.manifest;
  if (manifest && location.protocol !== 'file:') {
    const link = document.createElement('link');
    link.rel = 'manifest';
    link.href = manifest;
    document.head.append(link);
  }

  system.addEventListener('change', show);
  // Chosen in another window, or after this page was left and before it was come back to.
  window.addEventListener('storage', refresh);
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {
      refresh();
    }
  });
})();
