/* Which incidents fit what a reader chose, and how many would fit each further choice.

   Nothing here touches the page. The table of all incidents is a script of its own (`search/filters.*.js`), which hands
   it over by calling `annals.filters({…})`; its columns are told in `src/search/filters/mod.rs`. */

(function () {
  'use strict';

  const annals = globalThis.annals;
  const filters = annals.filters;

  // -- the table

  function flat(lists) {
    const start = new Uint32Array(lists.length + 1);
    lists.forEach((list, i) => {
      start[i + 1] = start[i] + list.length;
    });
    return { start, item: Uint32Array.from(lists.flat()) };
  }

  const upToOne = (number) => (number ? [number - 1] : []);

  filters.unpack = function (data) {
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
      // What each incident has of them.
      has: {
        kind: flat(data.kind.map(upToOne)),
        status: flat(data.status.map(upToOne)),
        confidence: flat(data.confidence.map(upToOne)),
        place: flat(data.place),
        tag: flat(data.tag),
      },
      who: flat(data.who),
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
  };

  // -- free text

  // Scripts that put no space between words.
  const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

  /** The folded words of a text. What finds whole texts cuts them with more care; here a run of letters is a word. */
  function words(text) {
    return annals.fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  }

  /** What a text must contain to have a word beginning like `word`. */
  function beginning(word) {
    return UNSPACED.test(word) ? word : ' ' + word;
  }

  function folded(table, key) {
    const known = table.folded;
    known[key] = known[key] || table.lists[key].map((entry) => words(entry.slice(1).join(' ')).join(' '));
    return known[key];
  }

  /** The choices of a list whose names have words beginning like all of `typed`, by number. */
  filters.named = function (table, key, typed) {
    const starts = words(typed).map(beginning);
    const fits = (text) => starts.every((start) => (' ' + text).includes(start));
    return folded(table, key).flatMap((text, at) => (fits(text) ? [at] : []));
  };

  function text(table, i) {
    if (table.text[i] === undefined) {
      const { data, who, has } = table;
      const parts = [words(data.title[i] + ' ' + data.summary[i] + ' ' + data.figures[i].join(' ')).join(' ')];
      for (let at = who.start[i]; at < who.start[i + 1]; at += 2) {
        parts.push(folded(table, 'actor')[who.item[at]]);
      }
      for (const key of ['kind', 'place', 'tag']) {
        for (let at = has[key].start[i]; at < has[key].start[i + 1]; at++) {
          parts.push(folded(table, key)[has[key].item[at]]);
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
    const asking = words(query);
    if (!asking.length) {
      return null;
    }
    const asked = asking.join(' ');
    const before = table.found;
    if (before && before.asked === asked) {
      return before.fits;
    }
    // Whatever fits more letters fitted fewer.
    const among = before && asked.startsWith(before.asked) ? before.fits : null;
    const starts = asking.map(beginning);
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

  /** 1 for each chosen entry of a list; nothing when none is chosen. */
  function chosen(table, state, key) {
    const ids = new Set(state[key]);
    return ids.size ? Uint8Array.from(table.lists[key], (entry) => (ids.has(entry[0]) ? 1 : 0)) : null;
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
    const actors = chosen(table, state, 'actor');
    const roles = chosen(table, state, 'role');
    const fits = found(table, state.q);
    const days = filters.range(state.from, state.to, filters.day);
    const sums = filters.range(state.min, state.max, filters.number);
    const dated = days.low !== -Infinity || days.high !== Infinity;
    const priced = sums.low !== -Infinity || sums.high !== Infinity;
    // Without a word it is the commonest; one that no amount has fits none.
    const currency = state.currency ? table.data.currencies.indexOf(state.currency) : 0;
    const counts = { disputed: 0 };
    for (const key of filters.LISTS) {
      counts[key] = new Uint32Array(table.lists[key].length);
    }
    const columns = Object.entries(table.has).map(([key, { start, item }]) => {
      return { start, item, marks: chosen(table, state, key), bit: BITS[key], count: counts[key] };
    });
    // The incident that was counted last for each actor and role, so that none is counted twice.
    const lastActor = new Int32Array(table.lists.actor.length).fill(-1);
    const lastRole = new Int32Array(table.lists.role.length).fill(-1);
    const hits = [];
    const perhaps = new Uint8Array(table.size);
    const { who } = table;

    for (let i = 0; i < table.size; i++) {
      let misses = fits && !fits[i] ? BITS.q : 0;
      for (const { start, item, marks, bit } of columns) {
        if (marks) {
          let at = start[i];
          while (at < start[i + 1] && !marks[item[at]]) {
            at++;
          }
          misses |= at === start[i + 1] ? bit : 0;
        }
      }
      if (actors || roles) {
        let at = who.start[i];
        while (at < who.start[i + 1] && ((actors && !actors[who.item[at]]) || (roles && !roles[who.item[at + 1]]))) {
          at += 2;
        }
        misses |= at >= who.start[i + 1] ? BITS.who : 0;
      }
      if (state.disputed && !table.data.disputed[i]) {
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
      for (const { start, item, bit, count } of columns) {
        for (let at = start[i]; at < start[i + 1] && !(misses & ~bit); at++) {
          count[item[at]]++;
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
      if (table.data.disputed[i] && !(misses & ~BITS.disputed)) {
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
    if (table.currency[i] < 0 || table.currency[i] !== currency) {
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
