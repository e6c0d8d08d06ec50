/* Copying, where the browser can: for buttons that stand hidden in the page.

   <button type="button" hidden data-copy="ID" data-copied="Copied" data-selected="Selected">Copy</button>

   copies the text of the element with that id; an empty data-copy copies the address of the page as it is at that
   moment. What happened is said behind the button. Where the clipboard is closed, the text is selected instead. */
(function () {
  'use strict';

  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function equip(button) {
    var id = button.getAttribute('data-copy');
    var from = id ? document.getElementById(id) : null;
    var clipboard = navigator.clipboard;
    if (!from && (id || !clipboard)) {
      return;
    }
    // A live region is heard only if it was there, empty, before it speaks.
    var status = document.createElement('span');
    status.className = 'copy-status';
    status.setAttribute('role', 'status');
    button.after(' ', status);
    button.hidden = false;

    var later = 0;
    function say(name) {
      status.textContent = button.getAttribute(name);
      clearTimeout(later);
      later = setTimeout(function () {
        status.textContent = '';
      }, 4000);
    }
    function fallBack() {
      if (from) {
        select(from);
        say('data-selected');
      }
    }
    button.addEventListener('click', function () {
      if (!clipboard) {
        fallBack();
        return;
      }
      clipboard.writeText(from ? from.textContent : location.href).then(function () {
        say('data-copied');
      }, fallBack);
    });
  }

  document.querySelectorAll('[data-copy]').forEach(equip);
})();
