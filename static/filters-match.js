/* Which incidents fit what a reader chose, and how many would fit each further choice.

   Nothing here touches the page. The table of all incidents is a script of its own (`search/filters.*.js`), which hands
   it over by calling `annals.filters({…})`; its columns are told in `src/search/filters.rs`. */

(function () {
  'use strict';

  const annals = (globalThis.annals = globalThis.annals || {});

  /** Takes the table in; whoever waits for it hears of it by `annals.filters.ready`. */
  const filters = (annals.filters = function (data) {
    filters.table = unpack(data);
    filters.ready(filters.table);
  });

  filters.table = null;
  filters.ready = function () {};

  // -- the state, and its form in an address

  const LISTS = ['kind', 'actor', 'role', 'place', 'tag', 'status', 'confidence'];
  const ORDER = ['q', ...LISTS, 'disputed', 'from', 'to', 'certain', 'min', 'max', 'currency'];
  const FLAGS = ['disputed', 'certain'];

  /** The state that an address holds: lists of ids, flags, and text as it was typed. */
  filters.read = function (query) {
    const given = new URLSearchParams(query);
    const state = {};
    for (const key of ORDER) {
      if (LISTS.includes(key)) {
        state[key] = [...new Set(given.getAll(key).filter(Boolean))];
      } else if (FLAGS.includes(key)) {
        state[key] = given.get(key) === '1';
      } else {
        state[key] = (given.get(key) || '').trim();
      }
    }
    return state;
  };

  /** The address's query for a state; what else stood in `before` stays. */
  filters.write = function (state, before) {
    const query = new URLSearchParams(before || '');
    for (const key of ORDER) {
      query.delete(key);
    }
    for (const key of ORDER) {
      // These two say how others are meant, and nothing without them.
      const idle = (key === 'certain' && !state.from && !state.to) || (key === 'currency' && !state.min && !state.max);
      const value = state[key];
      for (const one of idle ? [] : LISTS.includes(key) ? value : value ? [value === true ? '1' : value] : []) {
        query.append(key, one);
      }
    }
    const text = query.toString();
    return text && '?' + text;
  };

  /** Whether the state leaves anything out. */
  filters.active = function (state) {
    return filters.write(state) !== '';
  };

  filters.LISTS = LISTS;

  // -- what a reader types

  /** `2020`, `2020-05` or `2020-05-01` as its first day, or its last, counted from 1970; NaN when it is no date. */
  filters.day = function (text, last) {
    const parts = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.trim());
    if (!parts) {
      return NaN;
    }
    const [year, month, day] = parts.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
    const number = (month, day) => {
      const date = new Date(0);
      date.setUTCFullYear(year, month - 1, day);
      return date.getTime() / 864e5;
    };
    if (month === undefined) {
      return last ? number(12, 31) : number(1, 1);
    }
    const end = new Date(0);
    end.setUTCFullYear(year, month, 0);
    if (month < 1 || month > 12 || day < 1 || day > end.getUTCDate()) {
      return NaN;
    }
    return number(month, day === undefined ? (last ? end.getUTCDate() : 1) : day);
  };

  const POWERS = { k: 3, thousand: 3, m: 6, million: 6, b: 9, bn: 9, billion: 9, trillion: 12 };

  /** `50M`, `50 million` or `50,000,000` as a number; NaN when it is none. */
  filters.number = function (text) {
    const parts = /^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([a-z]+)?$/.exec(text.trim().toLowerCase());
    const power = parts && (parts[3] ? POWERS[parts[3]] : 0);
    if (power === null || power === undefined) {
      return NaN;
    }
    return Number(parts[1].replaceAll(',', '') + (parts[2] || '') + 'e' + power);
  };

  /** The ends of a range as numbers, and which of its two texts is `wrong` or lies before the other (`reversed`). */
  function range(low, high, read) {
    const ends = [low ? read(low, false) : -Infinity, high ? read(high, true) : Infinity];
    const faults = ends.map((end) => (Number.isNaN(end) ? 'wrong' : ''));
    // What cannot be read, or cannot be, leaves nothing out.
    ends[0] = faults[0] ? -Infinity : ends[0];
    ends[1] = faults[1] ? Infinity : ends[1];
    if (ends[0] > ends[1]) {
      faults[1] = 'reversed';
      ends[1] = Infinity;
    }
    return { low: ends[0], high: ends[1], faults };
  }

  /** What of a state's ranges cannot be read: `{from, to, min, max}`, each empty, `wrong` or `reversed`. */
  filters.faults = function (state) {
    const [from, to] = range(state.from, state.to, filters.day).faults;
    const [min, max] = range(state.min, state.max, filters.number).faults;
    return { from, to, min, max };
  };

  // -- the table

  function flat(lists) {
    const start = new Uint32Array(lists.length + 1);
    lists.forEach((list, i) => {
      start[i + 1] = start[i] + list.length;
    });
    return { start, item: Uint32Array.from(lists.flat()) };
  }

  function unpack(data) {
    const size = data.id.length;
    const table = {
      size,
      data,
      // The lists by which incidents are chosen, under their names in addresses.
      lists: {
        kind: data.kinds,
        status: data.statuses,
        confidence: data.confidences,
        role: data.roles,
        actor: data.actors,
        place: data.places,
        tag: data.tags,
      },
      one: {
        kind: Uint16Array.from(data.kind),
        status: Uint8Array.from(data.status),
        confidence: Uint8Array.from(data.confidence),
      },
      who: flat(data.who),
      many: { place: flat(data.place), tag: flat(data.tag) },
      disputed: Uint8Array.from(data.disputed, (phrase) => (phrase ? 1 : 0)),
      first: new Float64Array(size),
      last: new Float64Array(size),
      currency: new Int16Array(size),
      low: new Float64Array(size),
      high: new Float64Array(size),
      open: new Uint8Array(size),
      text: new Array(size),
      folded: {},
      found: null,
    };
    let day = 0;
    for (let i = 0; i < size; i++) {
      day += data.first[i] || 0;
      table.first[i] = data.first[i] === null ? -Infinity : day;
      table.last[i] = data.last[i] === null ? Infinity : day + data.last[i];
      const amount = data.amount[i];
      // -1: none is given; -2: it is known that nobody knows it.
      table.currency[i] = !amount ? -1 : amount.length ? amount[0] : -2;
      table.low[i] = amount && amount.length ? amount[1] : 0;
      table.high[i] = amount && amount.length && amount[2] !== null ? amount[2] : Infinity;
      table.open[i] = amount && amount.length ? amount[3] : 0;
    }
    return table;
  }

  filters.unpack = unpack;

  /** What a choice is called: the words of the entry of a list. */
  filters.label = function (table, key, value) {
    const entry = table && table.lists[key].find((entry) => entry[0] === value);
    return entry ? entry[1] : value;
  };

  // -- free text

  function folded(table, key) {
    const known = table.folded;
    known[key] = known[key] || table.lists[key].map((entry) => annals.words(entry.slice(1).join(' ')).join(' '));
    return known[key];
  }

  /** The names of the choices of a list that have words beginning like all of `words`, by number. */
  filters.named = function (table, key, words) {
    const fits = (text) => words.every((word) => (' ' + text).includes(' ' + word));
    return folded(table, key).flatMap((text, at) => (fits(text) ? [at] : []));
  };

  function text(table, i) {
    if (table.text[i] === undefined) {
      const { data, who, many } = table;
      const parts = [annals.words(data.title[i] + ' ' + data.summary[i] + ' ' + data.figures[i].join(' ')).join(' ')];
      if (data.kind[i]) {
        parts.push(folded(table, 'kind')[data.kind[i] - 1]);
      }
      for (let at = who.start[i]; at < who.start[i + 1]; at += 2) {
        parts.push(folded(table, 'actor')[who.item[at]]);
      }
      for (const key of ['place', 'tag']) {
        for (let at = many[key].start[i]; at < many[key].start[i + 1]; at++) {
          parts.push(folded(table, key)[many[key].item[at]]);
        }
      }
      table.text[i] = ' ' + parts.join(' ');
    }
    return table.text[i];
  }

  /** Folds the texts from number `from` on for as long as `more()` says; gives where it stopped. */
  filters.prepare = function (table, from, more) {
    let i = from;
    while (i < table.size && (i % 50 || more())) {
      text(table, i++);
    }
    return i;
  };

  /** 1 for each incident with a word beginning like each word of `query`; nothing when it has no word. */
  function found(table, query) {
    const words = annals.words(query);
    if (!words.length) {
      return null;
    }
    const asked = words.join(' ');
    const before = table.found;
    if (before && before.asked === asked) {
      return before.fits;
    }
    // Whatever fits more letters fitted fewer.
    const among = before && asked.startsWith(before.asked) ? before.fits : null;
    const starts = words.map((word) => ' ' + word);
    const fits = new Uint8Array(table.size);
    for (let i = 0; i < table.size; i++) {
      if (!among || among[i]) {
        const own = text(table, i);
        fits[i] = starts.every((start) => own.includes(start)) ? 1 : 0;
      }
    }
    table.found = { asked, fits };
    return fits;
  }

  // -- what fits

  /** 1 for each chosen entry of a list, at its number plus `shift`; nothing when none is chosen. */
  function chosen(table, state, key, shift) {
    if (!state[key].length) {
      return null;
    }
    const marks = new Uint8Array(table.lists[key].length + shift);
    table.lists[key].forEach((entry, at) => {
      marks[at + shift] = state[key].includes(entry[0]) ? 1 : 0;
    });
    return marks;
  }

  // One bit a filter: an incident that misses by one bit alone counts for the choices of that filter.
  const BITS = { q: 1, kind: 2, who: 4, place: 8, tag: 16, status: 32, confidence: 64, disputed: 128, date: 256, amount: 512 };

  /**
   * The numbers of the incidents that fit (`hits`), which of them fit by possibility alone (`perhaps`), and for each
   * choice how many would fit if it were chosen, the other filters staying as they are (`counts`, by number).
   *
   * Filters narrow each other; choices of one filter widen it. An actor and a role must meet in one part of an incident.
   * Dates and amounts are spans: they fit when they possibly lie within, dates with `certain` when they certainly do.
   */
  filters.match = function (table, state) {
    const one = ['kind', 'status', 'confidence'].map((key) => [table.one[key], chosen(table, state, key, 1), BITS[key], key]);
    const many = ['place', 'tag'].map((key) => [table.many[key], chosen(table, state, key, 0), BITS[key], key]);
    const actors = chosen(table, state, 'actor', 0);
    const roles = chosen(table, state, 'role', 0);
    const fits = found(table, state.q);
    const days = range(state.from, state.to, filters.day);
    const sums = range(state.min, state.max, filters.number);
    const dated = days.low !== -Infinity || days.high !== Infinity;
    const priced = sums.low !== -Infinity || sums.high !== Infinity;
    const currency = Math.max(0, table.data.currencies.indexOf(state.currency));
    const counts = { disputed: 0 };
    for (const key of LISTS) {
      counts[key] = new Uint32Array(table.lists[key].length);
    }
    // The incident that was counted last for each actor and role, so that none is counted twice.
    const lastActor = new Int32Array(table.lists.actor.length).fill(-1);
    const lastRole = new Int32Array(table.lists.role.length).fill(-1);
    const hits = [];
    const perhaps = new Uint8Array(table.size);
    const { who } = table;

    for (let i = 0; i < table.size; i++) {
      let misses = fits && !fits[i] ? BITS.q : 0;
      for (const [column, marks, bit] of one) {
        if (marks && !marks[column[i]]) {
          misses |= bit;
        }
      }
      for (const [lists, marks, bit] of many) {
        if (marks) {
          let at = lists.start[i];
          while (at < lists.start[i + 1] && !marks[lists.item[at]]) {
            at++;
          }
          misses |= at === lists.start[i + 1] ? bit : 0;
        }
      }
      if (actors || roles) {
        let at = who.start[i];
        while (at < who.start[i + 1] && ((actors && !actors[who.item[at]]) || (roles && !roles[who.item[at + 1]]))) {
          at += 2;
        }
        misses |= at >= who.start[i + 1] ? BITS.who : 0;
      }
      if (state.disputed && !table.disputed[i]) {
        misses |= BITS.disputed;
      }
      if (dated) {
        const certainly = table.first[i] >= days.low && table.last[i] <= days.high;
        const possibly = table.first[i] <= days.high && table.last[i] >= days.low;
        perhaps[i] = certainly ? 0 : 1;
        misses |= (state.certain ? certainly : possibly) ? 0 : BITS.date;
      }
      if (priced) {
        const fit = priceFits(table, i, currency, sums);
        perhaps[i] |= fit === 1 ? 1 : 0;
        misses |= fit ? 0 : BITS.amount;
      }

      if (misses & (misses - 1)) {
        continue;
      }
      if (!misses) {
        hits.push(i);
      }
      for (const [column, , bit, key] of one) {
        if (column[i] && !(misses & ~bit)) {
          counts[key][column[i] - 1]++;
        }
      }
      for (const [lists, , bit, key] of many) {
        if (!(misses & ~bit)) {
          for (let at = lists.start[i]; at < lists.start[i + 1]; at++) {
            counts[key][lists.item[at]]++;
          }
        }
      }
      if (!(misses & ~BITS.who)) {
        for (let at = who.start[i]; at < who.start[i + 1]; at += 2) {
          const actor = who.item[at];
          const role = who.item[at + 1];
          if ((!roles || roles[role]) && lastActor[actor] !== i) {
            lastActor[actor] = i;
            counts.actor[actor]++;
          }
          if ((!actors || actors[actor]) && lastRole[role] !== i) {
            lastRole[role] = i;
            counts.role[role]++;
          }
        }
      }
      if (table.disputed[i] && !(misses & ~BITS.disputed)) {
        counts.disputed++;
      }
    }
    return { hits, perhaps, counts };
  };

  /** Whether an amount lies within: 0 not, 1 possibly, 2 certainly. */
  function priceFits(table, i, currency, sums) {
    if (table.currency[i] === -2) {
      return 1;
    }
    if (table.currency[i] !== currency) {
      return 0;
    }
    const low = table.low[i];
    const high = table.high[i];
    const below = low > sums.high || (low === sums.high && table.open[i] & 1);
    const above = high < sums.low || (high === sums.low && table.open[i] & 2);
    if (below || above) {
      return 0;
    }
    return low >= sums.low && high <= sums.high ? 2 : 1;
  }
})();
