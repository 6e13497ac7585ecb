/* Sorts the rows of the table before this script, each group by itself, by what their cells carry in data-sort. The column
   stands in the address, so that Back, reload and shared links work. Without this script the rows stand by name. */
(function () {
  "use strict";
  var note = document.currentScript.previousElementSibling, region = note.previousElementSibling, status = region.previousElementSibling;
  var table = region.querySelector("table");
  var heads = Array.from(table.tHead.rows[0].cells), language = document.documentElement.lang;
  var groups = Array.from(table.tBodies, function (body) { return { body: body, rows: Array.from(body.querySelectorAll("tr[id]")) }; });
  var usual = heads[0], opposite = { up: "down", down: "up" }, now;

  // First what has a place, then what is there without one, last what is missing; equal ones stay by name.
  function rank(cell) { return cell.dataset.sort ? 0 : cell.dataset.sort === "" ? 1 : 2; }
  function sort(head, way) {
    var at = head.cellIndex, sign = way === "up" ? 1 : -1;
    now = { head: head, way: way };
    groups.forEach(function (group) {
      var sorted = group.rows.map(function (row, index) {
        return { row: row, index: index, rank: rank(row.cells[at]), value: Number(row.cells[at].dataset.sort) };
      }).sort(function (a, b) {
        return a.rank - b.rank || (a.rank === 0 && sign * (a.value - b.value)) || a.index - b.index;
      });
      group.body.append.apply(group.body, sorted.map(function (one) { return one.row; }));
    });
    heads.forEach(function (other) {
      if (other === head) other.setAttribute("aria-sort", way === "up" ? "ascending" : "descending");
      else other.removeAttribute("aria-sort");
    });
    status.textContent = head.dataset[way];
    status.lang = head.dataset[way + "Lang"] || language;
  }
  function read() {
    var query = new URLSearchParams(location.search), name = query.get("sort"), way = query.get("order");
    var head = heads.find(function (one) { return one.dataset.column === name; }) || usual;
    sort(head, opposite[way] ? way : head.dataset.first);
    // On a narrow screen the column may be out of sight, behind the first one that stays.
    region.scrollLeft = head === usual ? 0 : head.offsetLeft - usual.offsetWidth;
  }
  function choose(head) {
    var query = new URLSearchParams(location.search);
    var way = now.head === head ? opposite[now.way] : head.dataset.first;
    query.delete("sort");
    query.delete("order");
    if (head !== usual || way !== head.dataset.first) query.set("sort", head.dataset.column);
    if (way !== head.dataset.first) query.set("order", way);
    var search = query.toString() && "?" + query;
    try { history.pushState(null, "", location.pathname + search + location.hash); } catch (error) { /* from disk: no address */ }
    sort(head, way);
  }

  heads.forEach(function (head) {
    var button = document.createElement("button");
    button.type = "button";
    button.append.apply(button, Array.from(head.childNodes));
    head.append(button);
    button.addEventListener("click", function () { choose(head); });
  });
  note.hidden = false;
  read();
  addEventListener("popstate", read);
  // Columns have the same names in every language.
  document.addEventListener("DOMContentLoaded", function () {
    Array.prototype.forEach.call(document.querySelectorAll(".languages a"), function (link) {
      link.addEventListener("click", function () { link.search = location.search; });
    });
  });
})();
