// Search: every word must occur in a row; sections without a hit are hidden. Without script the page lacks nothing else.
(function () {
  'use strict';
  var box = document.querySelector('.search');
  var input = document.getElementById('find');
  var output = box.querySelector('output');
  var sections = Array.from(document.querySelectorAll('section')).map(function (section) {
    return {
      element: section,
      rows: Array.from(section.querySelectorAll('tbody tr')).map(function (row) {
        var cells = Array.from(row.cells).map(function (cell) { return cell.textContent; });
        return { element: row, text: plain(cells.join('\n')) };
      })
    };
  });
  if (sections.length === 0)
    return;

  // Upper and lower case and accents make no difference.
  function plain(text) {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  }

  function find() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    var hits = 0;
    sections.forEach(function (section) {
      var here = 0;
      section.rows.forEach(function (row) {
        var hit = words.every(function (word) { return row.text.indexOf(word) >= 0; });
        row.element.hidden = !hit;
        if (hit)
          here += 1;
      });
      section.element.hidden = here === 0;
      hits += here;
    });
    output.textContent = words.length === 0 ? '' : hits === 1 ? '1 row' : hits.toLocaleString('en') + ' rows';
  }

  var waiting;
  input.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(find, 120);
  });
  box.hidden = false;
  find();
}());
