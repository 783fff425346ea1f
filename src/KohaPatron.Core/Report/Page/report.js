// Search: every word must occur in a row; sections without a hit are hidden. Of a long table the first rows are shown until
// the reader asks for all, so that a page of many thousand rows stays quick. Without script the page lacks nothing else.
(function () {
  'use strict';
  var first = 200;
  var box = document.querySelector('.search');
  var input = document.getElementById('find');
  var output = box.querySelector('output');
  var sections = Array.from(document.querySelectorAll('section')).map(function (element) {
    var rows = Array.from(element.querySelectorAll('tbody tr'));
    var section = { element: element, rows: rows, texts: null, all: rows.length <= first };
    addMore(section);
    return section;
  });
  if (sections.length === 0)
    return;

  // Upper and lower case and accents make no difference.
  function plain(text) {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  }

  function number(count) {
    return count.toLocaleString('en');
  }

  function textsOf(section) {
    section.texts = section.texts || section.rows.map(function (row) {
      return plain(Array.from(row.cells).map(function (cell) { return cell.textContent; }).join('\n'));
    });
    return section.texts;
  }

  function addMore(section) {
    var line = document.createElement('p');
    var note = document.createElement('span');
    var button = document.createElement('button');
    line.className = 'more';
    button.type = 'button';
    button.addEventListener('click', function () {
      section.all = true;
      find();
    });
    line.append(note, button);
    section.element.append(line);
    section.more = function (shown, hits) {
      line.hidden = shown === hits;
      note.textContent = number(shown) + ' of ' + number(hits) + ' rows';
      button.textContent = 'Show all ' + number(hits);
    };
  }

  // How many rows of a section have all words.
  function findIn(section, words) {
    var hits = 0;
    var shown = 0;
    var texts = words.length === 0 ? null : textsOf(section);
    section.rows.forEach(function (row, place) {
      var hit = texts === null || words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      var show = hit && (section.all || shown < first);
      if (row.hidden === show)
        row.hidden = !show;
      hits += hit ? 1 : 0;
      shown += show ? 1 : 0;
    });
    section.element.hidden = hits === 0;
    section.more(shown, hits);
    return hits;
  }

  function find() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    var hits = 0;
    sections.forEach(function (section) { hits += findIn(section, words); });
    output.textContent = words.length === 0 ? '' : hits === 1 ? '1 row' : number(hits) + ' rows';
  }

  var waiting;
  input.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(find, 120);
  });
  box.hidden = false;
  find();
}());
