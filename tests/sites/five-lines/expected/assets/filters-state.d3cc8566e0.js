/* What a reader chose and typed, as a value; and its form in an address.

   Nothing here touches the page. */

(function () {
  'use strict';

  const annals = (globalThis.annals = globalThis.annals || {});

  /** Takes the table in, which a script of its own hands over; whoever waits for it hears of it by `ready`. */
  const filters = (annals.filters = function (data) {
    filters.table = filters.unpack(data);
    filters.ready(filters.table);
  });

  filters.table = null;
  filters.ready = function () {};

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
  filters.range = function (low, high, read) {
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
  };

  /** What of a state's ranges cannot be read: `{from, to, min, max}`, each empty, `wrong` or `reversed`. */
  filters.faults = function (state) {
    const [from, to] = filters.range(state.from, state.to, filters.day).faults;
    const [min, max] = filters.range(state.min, state.max, filters.number).faults;
    return { from, to, min, max };
  };
})();
