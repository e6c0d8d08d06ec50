// The search page: words to records, by an index of which a query loads the parts that it needs.
//
// The parts are scripts that hand over their data by a call of annals.search, so that they load from a disk too; their
// format stands in src/search/index.rs. All words asked for must be found, the beginning of a word is enough. A record
// counts the more, the heavier the places of the words are (title, names, points, text) and the fewer records have them.
(function () {
  'use strict';

  const annals = window.annals = window.annals || {};
  const form = document.querySelector('form.search');
  if (!form) {
    return;
  }
  const box = form.elements.q;
  const words = form.dataset;
  const status = document.querySelector('.search-count');
  const found = document.querySelector('.search-found');
  const list = found.querySelector('.results');
  const none = document.querySelector('.search-none');
  const more = found.querySelector('.search-more');
  const ways = document.querySelector('.search-ways');
  const folder = words.index.slice(0, words.index.lastIndexOf('/') + 1);
  const STEP = 20;
  const SNIPPET = 220;
  const PAUSE = 120;

  // -- The index

  let manifest = null;
  const terms = [];
  const texts = [];
  const loads = new Map();

  annals.search = {
    index: function (data) { manifest = data; },
    terms: function (number, entries) { terms[number] = entries.split('|'); },
    texts: function (number, rows) { texts[number] = rows; }
  };

  function load(address) {
    if (!loads.has(address)) {
      loads.set(address, new Promise(function (resolve, reject) {
        const script = document.createElement('script');
        script.src = address;
        script.onload = resolve;
        script.onerror = function () {
          // The next query asks for it again.
          loads.delete(address);
          script.remove();
          reject(new Error(address));
        };
        document.head.append(script);
      }));
    }
    return loads.get(address);
  }

  function loadPart(name, number) {
    return load(folder + name + '-' + number + '.' + manifest[name][number][1] + '.js');
  }

  // The number of the part in which a word or a record stands: the last that does not begin after it.
  function partOf(parts, wanted) {
    let low = 0;
    let high = parts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (parts[middle][0] <= wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(low - 1, 0);
  }

  // One letter alone begins too many words: it stands for itself. A character of Han or Kana is more than that.
  function isBeginning(word) {
    return word.length > 1 || word > '\u3000';
  }

  function matches(candidate, word) {
    return isBeginning(word) ? candidate.startsWith(word) : candidate === word;
  }

  // What the word counts in each record; 0 where it is not.
  async function scoresOf(word) {
    const scores = new Uint8Array(manifest.records);
    const first = partOf(manifest.terms, word);
    let last = first;
    while (last + 1 < manifest.terms.length && matches(manifest.terms[last + 1][0], word)) {
      last += 1;
    }
    const numbers = manifest.terms.map(function (_, number) { return number; }).slice(first, last + 1);
    await Promise.all(numbers.map(function (number) { return loadPart('terms', number); }));
    for (const number of numbers) {
      const entries = terms[number];
      for (let at = firstFrom(entries, word); at < entries.length && entries[at].startsWith(word); at += 1) {
        const [term, ...groups] = entries[at].split(' ');
        if (matches(term, word)) {
          count(scores, groups, term === word ? 2 : 1);
        }
      }
    }
    return scores;
  }

  function firstFrom(entries, word) {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle] < word) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  function count(scores, groups, factor) {
    for (const group of groups) {
      const score = parseInt(group[0], 16) * factor;
      let record = 0;
      for (const step of group.slice(2).split(',')) {
        record += parseInt(step, 36);
        scores[record] = Math.max(scores[record], score);
      }
    }
  }

  // A form of what is asked for: all of its words.
  async function scoresOfForm(form) {
    const all = await Promise.all(form.map(scoresOf));
    return all.reduce(function (one, other) {
      return one.map(function (score, record) { return Math.min(score, other[record]); });
    });
  }

  // The records that have everything that is asked for, the best first, else in the order of the timeline.
  async function recordsWith(asked) {
    await load(words.index);
    const totals = new Uint32Array(manifest.records);
    const missed = new Uint8Array(manifest.records);
    const each = await Promise.all(asked.map(async function (forms) {
      const scores = await Promise.all(forms.map(scoresOfForm));
      return scores.reduce(function (one, other) {
        return one.map(function (score, record) { return Math.max(score, other[record]); });
      });
    }));
    for (const scores of each) {
      const having = scores.reduce(function (sum, score) { return sum + (score > 0 ? 1 : 0); }, 0);
      // 1 where every record has it, one more each time that half as many have.
      const rarity = having ? 32 - Math.clz32(manifest.records / having) : 0;
      scores.forEach(function (score, record) {
        totals[record] += score * rarity;
        missed[record] |= score ? 0 : 1;
      });
    }
    const records = [];
    missed.forEach(function (isMissed, record) {
      if (!isMissed && asked.length) {
        records.push(record);
      }
    });
    return records.sort(function (one, other) { return totals[other] - totals[one] || one - other; });
  }

  // -- What a result shows

  async function rowOf(record) {
    const part = partOf(manifest.texts, record);
    await loadPart('texts', part);
    return texts[part][record - manifest.texts[part][0]];
  }

  // The stretches of a text that are what was asked for: [{start, end, word}], none within another.
  function marksIn(text, wanted) {
    // Most lines have none of the words; to see that costs less than to cut them into words.
    const plain = annals.fold(text).replace(/['.,-]/g, '');
    if (!wanted.some(function (word) { return plain.includes(word.replace('.', '')); })) {
      return [];
    }
    const marks = [];
    for (const token of annals.tokens(text)) {
      const word = wanted.find(function (word) { return matches(token.word, word); });
      const last = marks[marks.length - 1];
      if (word !== undefined && last && token.start < last.end) {
        last.end = Math.max(last.end, token.end);
      } else if (word !== undefined) {
        marks.push({ start: token.start, end: token.end, word: word });
      }
    }
    return marks;
  }

  // Appends the text from `start` to `end` with its marks.
  function append(element, text, marks, start, end) {
    let at = start;
    for (const mark of marks) {
      if (mark.start >= at && mark.end <= end) {
        const marked = document.createElement('mark');
        marked.textContent = text.slice(mark.start, mark.end);
        element.append(text.slice(at, mark.start), marked);
        at = mark.end;
      }
    }
    element.append(text.slice(at, end));
  }

  // The lines that show the most of what was asked for, two at most, in their order; else the first line.
  function linesFor(lines, wanted) {
    const all = lines.map(function (text, at) { return { text: text, at: at, marks: marksIn(text, wanted) }; });
    const shown = [];
    const seen = new Set();
    for (let turn = 0; turn < 2; turn += 1) {
      let best = null;
      let most = 0;
      for (const line of all) {
        const fresh = new Set(line.marks.map(function (mark) { return mark.word; }));
        seen.forEach(function (word) { fresh.delete(word); });
        if (fresh.size > most) {
          best = line;
          most = fresh.size;
        }
      }
      if (best) {
        shown.push(best);
        best.marks.forEach(function (mark) { seen.add(mark.word); });
      }
    }
    return shown.length ? shown.sort(function (one, other) { return one.at - other.at; }) : all.slice(0, 1);
  }

  // A place near `at` where no word, and no character of two units, is cut.
  function gap(text, at, reach) {
    const space = text.indexOf(' ', at);
    if (space >= 0 && space - at < reach) {
      return space + 1;
    }
    return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
  }

  function snippet(line) {
    const text = line.text;
    const element = document.createElement('p');
    const first = line.marks.length ? line.marks[0].start : 0;
    const isLong = text.length > SNIPPET;
    const start = isLong && first > 80 ? Math.min(gap(text, first - 60, 30), first) : 0;
    const end = isLong && start + SNIPPET < text.length ? gap(text, start + SNIPPET, 30) : text.length;
    element.append(start > 0 ? '… ' : '');
    append(element, text, line.marks, start, end);
    element.append(end < text.length ? '…' : '');
    return element;
  }

  function result(row, wanted) {
    const [kind, title, address, details, lines, draft] = row;
    const item = document.createElement('li');
    const heading = document.createElement('h3');
    const link = document.createElement('a');
    link.href = address;
    append(link, title, marksIn(title, wanted), 0, title.length);
    heading.append(link);
    const about = document.createElement('ul');
    about.className = 'meta';
    for (const text of [manifest.kinds[kind]].concat(details, draft ? [words.draft] : [])) {
      const detail = document.createElement('li');
      detail.textContent = text;
      about.append(detail);
    }
    about.firstChild.className = 'result-kind';
    item.append(heading, about);
    for (const line of linesFor(lines, wanted)) {
      item.append(snippet(line));
    }
    return item;
  }

  // -- The page

  let results = [];
  let wanted = [];
  let turn = 0;
  let pause = 0;

  function say(pattern, value) {
    status.textContent = pattern.replace(/\{(n|words)\}/, function () { return value; });
  }

  function number(value) {
    try {
      return new Intl.NumberFormat(document.documentElement.lang).format(value);
    } catch {
      return String(value);
    }
  }

  async function search() {
    const mine = turn += 1;
    const text = box.value.trim();
    const asked = annals.asked(text);
    clearTimeout(pause);
    const waiting = setTimeout(function () {
      if (mine === turn) {
        say(words.waiting);
      }
    }, 300);
    try {
      const records = text ? await recordsWith(asked) : [];
      const all = Array.from(new Set(asked.flat(2)));
      const rows = await Promise.all(records.slice(0, STEP).map(rowOf));
      if (mine === turn) {
        results = records;
        wanted = all;
        list.replaceChildren(...rows.map(function (row) { return result(row, all); }));
        found.hidden = !records.length;
        none.hidden = !text || records.length > 0;
        more.hidden = records.length <= STEP;
        if (!text) {
          status.textContent = '';
        } else if (records.length) {
          say(records.length === 1 ? words.one : words.many, number(records.length));
        } else {
          say(words.none, text);
        }
      }
    } catch {
      if (mine === turn) {
        found.hidden = true;
        none.hidden = true;
        say(words.failed);
      }
    } finally {
      clearTimeout(waiting);
      ways.classList.add('is-there');
    }
  }

  async function showMore() {
    const mine = turn;
    const from = list.children.length;
    try {
      const rows = await Promise.all(results.slice(from, from + STEP).map(rowOf));
      if (mine === turn && list.children.length === from) {
        list.append(...rows.map(function (row) { return result(row, wanted); }));
        list.children[from].querySelector('a').focus();
        more.hidden = list.children.length >= results.length;
      }
    } catch {
      say(words.failed);
    }
  }

  // The address names what is searched. What is typed changes it in place; Enter makes a step that one can go back.
  function remember(isStep) {
    const text = box.value.trim();
    const address = window.location.pathname + (text ? '?q=' + encodeURIComponent(text) : '');
    if (text !== asAddressed()) {
      try {
        window.history[isStep ? 'pushState' : 'replaceState'](null, '', address);
      } catch {
        // Some browsers do not allow it for a page from a disk. The search works without.
      }
    }
  }

  function asAddressed() {
    return (new URLSearchParams(window.location.search).get('q') || '').trim();
  }

  function read() {
    box.value = asAddressed();
    search();
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    remember(true);
    search();
  });
  box.addEventListener('input', function () {
    clearTimeout(pause);
    pause = setTimeout(function () {
      remember(false);
      search();
    }, PAUSE);
  });
  more.addEventListener('click', showMore);
  window.addEventListener('popstate', read);

  document.addEventListener('keydown', function (event) {
    const at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    if (event.key === '/' && !at.closest('input, textarea, select, [contenteditable]')) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if ((at === box || list.contains(at)) && move(event.key, at)) {
      event.preventDefault();
    }
  });

  // Moves the focus among the box and the results; whether it did.
  function move(key, from) {
    const stops = [box].concat(Array.from(list.querySelectorAll('h3 a')));
    const at = stops.indexOf(from);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: at > 0 ? 0 : -1 }[key];
    if (to === undefined || stops[to] === undefined) {
      return false;
    }
    stops[to].focus();
    return true;
  }

  read();
})();
