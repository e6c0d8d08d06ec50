/* Text as it is compared: without case and without the marks on letters. */

(function () {
  'use strict';

  const annals = (globalThis.annals = globalThis.annals || {});

  /** The text in lower case, its compatible forms as one, its marks dropped. */
  annals.fold = function (text) {
    // Most text has nothing to take apart, and that is quickly seen.
    if (/^[\x00-\x7f]*$/.test(text)) {
      return text.toLowerCase();
    }
    return text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  };

  /** Its words: runs of letters and digits, folded. */
  annals.words = function (text) {
    return annals.fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  };
})();
