// Text to the words by which it is found: src/search/words.rs once more, for the browser.
//
// Both are held to tests/search/words.json. What is folded and how a text is cut is explained there.
(function () {
  'use strict';

  const annals = window.annals = window.annals || {};
  const LONGEST = 64;
  const LETTERS = {
    'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'þ': 'th', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ħ': 'h', 'ł': 'l', 'ı': 'i', 'ς': 'σ',
    '\u2018': '\'', '\u2019': '\'', '\u02bc': '\'', '\u2010': '-'
  };
  const OTHER_LETTERS = /[ßæœþøđðħłıς\u2018\u2019\u02bc\u2010]/g;
  const KANA_WITH_MARK = /[\u3041-\u30ff][\u3099\u309a]/g;
  const DROPPED = new RegExp(
    '[\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1-\\u05c2\\u05c4-\\u05c5\\u05c7\\u0610-\\u061a' +
    '\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7-\\u06e8\\u06ea-\\u06ed\\u1ab0-\\u1aff' +
    '\\u1dc0-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff' +
    '\\u{e0100}-\\u{e01ef}]', 'gu');
  const IDEOGRAPH = new RegExp(
    '[\\u3005-\\u3007\\u3041-\\u3096\\u3099-\\u309a\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff' +
    '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{1b000}-\\u{1b16f}\\u{20000}-\\u{3ffff}]', 'u');
  const DIGIT = /\p{N}/u;
  const LETTER = /[\p{Alphabetic}\p{M}]/u;
  // A character with all that folds into one with it.
  const CLUSTER = /[^][\p{M}\p{Cf}\uff9e\uff9f]*/gu;

  // The text without case, accents, width and what cannot be seen.
  annals.fold = function (text) {
    return text.normalize('NFKD').replace(DROPPED, '').toLowerCase()
      .replace(OTHER_LETTERS, function (letter) { return LETTERS[letter]; })
      .replace(KANA_WITH_MARK, function (pair) { return pair.normalize('NFC'); });
  };

  // The words by which a text is found.
  annals.words = function (text) {
    return annals.tokens(text).map(function (token) { return token.word; });
  };

  // The same words with where each stands in the text: [{word, start, end}].
  annals.tokens = function (text) {
    const chars = folded(text);
    const tokens = [];
    function found(word, first, last) {
      tokens.push({ word: word, start: chars[first].start, end: chars[last].end });
    }
    for (const run of runs(chars)) {
      if (run.ideographs) {
        const last = run.first + run.ideographs.length - 1;
        pairs(run.ideographs).forEach(function (pair, at) {
          found(pair, run.first + at, Math.min(run.first + at + 1, last));
        });
        if (run.ideographs.length > 1) {
          found(run.ideographs[run.ideographs.length - 1], last, last);
        }
      } else {
        found(run.whole, run.parts[0].first, run.parts[run.parts.length - 1].last);
        for (const part of kept(run.parts)) {
          found(cut(part.text), part.first, part.last);
        }
      }
    }
    return tokens;
  };

  // What a reader asks for: all of these, each in one of its forms, and of a form all words.
  annals.asked = function (text) {
    return runs(folded(text)).map(function (run) {
      if (run.ideographs) {
        return [pairs(run.ideographs)];
      }
      const parts = kept(run.parts).map(function (part) { return cut(part.text); });
      return parts.length ? [[run.whole], parts] : [[run.whole]];
    });
  };

  // The characters of the folded text: [{text, kind, start, end}], the ends counted in the text as it was.
  function folded(text) {
    const chars = [];
    for (const match of text.matchAll(CLUSTER)) {
      for (const char of annals.fold(match[0])) {
        chars.push({ text: char, kind: kind(char), start: match.index, end: match.index + match[0].length });
      }
    }
    return chars;
  }

  function kind(char) {
    switch (char) {
      case '\'': return 'apostrophe';
      case '-': return 'hyphen';
      case '.': case ',': return 'point';
      default:
        return IDEOGRAPH.test(char) ? 'ideograph' : DIGIT.test(char) ? 'digit' : LETTER.test(char) ? 'letter' : 'other';
    }
  }

  function isWord(char) {
    return char !== undefined && (char.kind === 'letter' || char.kind === 'digit');
  }

  function runs(chars) {
    const found = [];
    let at = 0;
    while (at < chars.length) {
      const first = at;
      if (chars[at].kind === 'ideograph') {
        while (at < chars.length && chars[at].kind === 'ideograph') {
          at += 1;
        }
        const run = chars.slice(first, at).map(function (char) { return char.text; });
        found.push({ first: first, ideographs: run });
      } else if (isWord(chars[at])) {
        let parts = [];
        let joint = 'other';
        for (;;) {
          const start = at;
          while (isWord(chars[at])) {
            at += 1;
          }
          parts.push({ text: textOf(chars.slice(start, at)), joint: joint, first: start, last: at - 1 });
          if (!joins(chars, at)) {
            break;
          }
          joint = chars[at].kind;
          at += 1;
        }
        parts = numbers(parts);
        found.push({ whole: cut(textOf(parts)), parts: parts });
      } else {
        at += 1;
      }
    }
    return found;
  }

  // Whether the character joins what stands before it to what follows.
  function joins(chars, at) {
    const char = chars[at];
    const next = chars[at + 1];
    if (char === undefined || !isWord(next)) {
      return false;
    }
    return char.kind === 'apostrophe' || char.kind === 'hyphen' ||
      (char.kind === 'point' && chars[at - 1].kind === 'digit' && next.kind === 'digit');
  }

  // A point before three digits sets a group off, one other point a fraction; with more it is a date or a version.
  function numbers(atoms) {
    const whole = [];
    let chain = 1;
    function settle() {
      if (chain === 2) {
        const fraction = whole.pop();
        const number = whole[whole.length - 1];
        number.text += '.' + fraction.text;
        number.last = fraction.last;
      }
    }
    for (const atom of atoms) {
      const before = whole[whole.length - 1];
      if (atom.joint === 'point' && isGroup(atom.text) && isNumber(before.text)) {
        before.text += atom.text;
        before.last = atom.last;
      } else if (atom.joint === 'point') {
        whole.push(atom);
        chain += 1;
      } else {
        settle();
        whole.push(atom);
        chain = 1;
      }
    }
    settle();
    return whole;
  }

  function isGroup(text) {
    return Array.from(text).length === 3 && isNumber(text);
  }

  function isNumber(text) {
    return /^\p{N}+$/u.test(text);
  }

  // What an apostrophe clips off, the "s" of "Korea's", is not worth finding.
  function kept(parts) {
    if (parts.length === 1) {
      return [];
    }
    return parts.filter(function (part, at) {
      const next = parts[at + 1];
      const isClipped = part.joint === 'apostrophe' || (next !== undefined && next.joint === 'apostrophe');
      return !isClipped || Array.from(part.text).length > 1;
    });
  }

  function pairs(chars) {
    return chars.length === 1 ? chars : chars.slice(1).map(function (char, at) { return chars[at] + char; });
  }

  function textOf(list) {
    return list.map(function (item) { return item.text; }).join('');
  }

  function cut(text) {
    return text.length > LONGEST ? Array.from(text).slice(0, LONGEST).join('') : text;
  }
})();
