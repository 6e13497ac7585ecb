/* Filters the rows of a table by their data-* attributes; the choices stand in the address, so that Back, reload and shared
   links work. The form before this script is shown by it; without it every row is there. */
(function () {
  "use strict";
  var form = document.currentScript.previousElementSibling, texts = form.dataset, fields = form.querySelectorAll("select, input");
  var status = form.querySelector("[role=status]"), download = form.querySelector("[data-download]");
  var table, rows = [], typing = false;

  function each(list, work) { Array.prototype.forEach.call(list, work); }
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2019\u02bc]/g, "'").replace(/\s+/g, " ");
  }
  function chosen() {
    var found = {};
    each(fields, function (field) { if (field.value.trim()) found[field.name] = field.value.trim(); });
    return found;
  }
  // What is written in a cell, each paragraph after a semicolon; what a machine reads, where the cell carries it.
  function written(cell) {
    if (cell.dataset.value !== undefined) return cell.dataset.value;
    var copy = cell.cloneNode(true);
    each(copy.querySelectorAll(".permalink"), function (link) { link.remove(); });
    each(copy.querySelectorAll("p"), function (part) { part.prepend("; "); });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function apply() {
    var wanted = chosen(), words = fold(wanted.text || "").split(" ").filter(Boolean), shown = 0;
    rows.forEach(function (row) {
      var fits = Object.keys(wanted).every(function (name) {
        if (name === "text") return words.every(function (word) { return row.text.indexOf(word) >= 0; });
        return row.values[name].indexOf(wanted[name]) >= 0;
      });
      row.element.hidden = !fits;
      shown += fits;
    });
    // A group without rows has no heading either.
    each(table.tBodies, function (group) { group.hidden = !group.querySelector("tr[id]:not([hidden])"); });
    var number = shown.toLocaleString(document.documentElement.lang);
    status.textContent = shown ? texts.some.replace("{number}", number) : texts.none;
    status.lang = (shown ? texts.someLang : texts.noneLang) || document.documentElement.lang;
    download.hidden = !shown;
  }
  function read() {
    var query = new URLSearchParams(location.search);
    each(fields, function (field) {
      field.value = query.get(field.name) || "";
      if (field.selectedIndex < 0) field.value = ""; // an address may ask for what is not there
    });
  }
  // A new entry of the history for each choice; one for all that is typed without a pause elsewhere.
  function remember(isTyped) {
    var query = new URLSearchParams(location.search), wanted = chosen();
    each(fields, function (field) { query.delete(field.name); });
    Object.keys(wanted).forEach(function (name) { query.set(name, wanted[name]); });
    var search = query.toString() && "?" + query, method = isTyped && typing ? "replaceState" : "pushState";
    if (search !== location.search) {
      try { history[method](null, "", location.pathname + search + location.hash); } catch (error) { /* from disk: no address */ }
    }
    typing = isTyped;
  }

  // Quoted as RFC 4180 says; what a spreadsheet would take for a formula gets an apostrophe in front.
  function quoted(text) { return '"' + (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" : "") + text.replace(/"/g, '""') + '"'; }
  function csv() {
    var heads = Array.from(table.tHead.rows[0].cells, written);
    // In the order in which they stand, which another script may have changed.
    var lines = Array.from(table.querySelectorAll("tbody > tr[id]:not([hidden])"), function (row) {
      var link = row.querySelector("th a[href]"), cells = Array.from(row.cells, written);
      return [row.id].concat(cells, link ? link.href : "");
    });
    return [["id"].concat(heads, texts.address)].concat(lines).map(function (line) { return line.map(quoted).join(","); }).join("\r\n") + "\r\n";
  }
  function save() {
    var wanted = chosen(), link = document.createElement("a");
    var name = [texts.name].concat(Object.keys(wanted).map(function (key) { return fold(wanted[key]).replace(/[^\p{L}\p{N}]+/gu, "-"); }));
    // With a mark at its start, by which spreadsheets know the letters.
    link.href = URL.createObjectURL(new Blob(["\ufeff" + csv()], { type: "text/csv;charset=utf-8" }));
    link.download = name.join("-").replace(/-+/g, "-").replace(/-$/, "") + ".csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 0);
  }

  form.hidden = false;
  document.addEventListener("DOMContentLoaded", function () {
    table = document.getElementById(texts.filter);
    rows = Array.from(table.querySelectorAll("tbody > tr[id]"), function (row) {
      var values = {};
      Object.keys(row.dataset).forEach(function (name) { values[name] = row.dataset[name].split(" "); });
      // Ids too: a name in the letters of another language is often one.
      var text = Array.from(row.querySelectorAll("th, td:not(.refs)"), function (cell) { return cell.textContent; });
      return { element: row, values: values, text: fold(text.concat(Object.values(row.dataset), row.id).join(" ")) };
    });
    // The choices are ids: they mean the same in every language.
    each(document.querySelectorAll(".languages a"), function (link) {
      link.addEventListener("click", function () { link.search = location.search; });
    });
    read();
    apply();
  });
  form.addEventListener("input", function (event) {
    apply();
    remember(event.target.type === "search");
  });
  form.addEventListener("focusout", function () { typing = false; });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    each(fields, function (field) { field.value = ""; });
    apply();
    remember(false);
  });
  download.addEventListener("click", save);
  addEventListener("popstate", function () {
    typing = false;
    read();
    apply();
  });
})();
