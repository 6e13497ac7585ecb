/* The search dialog, over one language's index, in the page: no worker, no request but script files, so it works from disk too.
   What finds is in `search-index.js`; tests reach it as `dialog.searchIndex`. */
(function () {
  "use strict";
  var dialog = document.querySelector("dialog.search"), texts = dialog.dataset;
  var root = texts.root.replace(/\/?$/, "/");
  var input = dialog.querySelector("input"), list = dialog.querySelector("ol"), status = dialog.querySelector("[role=status]");
  var WORD = /[\p{L}\p{N}\p{M}'’ʼ]+/gu;
  var LIMIT = 20, WIDTH = 150, TOLD = 2, data, index, timer, pages = new Map();

  function script(address) {
    return new Promise(function (done, failed) {
      var element = document.createElement("script");
      element.src = root + address;
      element.onload = done;
      element.onerror = failed;
      document.head.append(element);
    });
  }

  window.searchData = function (value) { data = value; };
  function build() {
    index = window.searchIndex(data);
    data.docs.forEach(function (entry) { pages.set(entry.u || "", entry); });
    dialog.searchIndex = index;
  }

  // Appends text to the element, with the words that were meant marked.
  function mark(element, text, marks) {
    var end = 0;
    for (var match of text.matchAll(WORD)) {
      if (!marks(match[0])) continue;
      var hit = document.createElement("mark");
      hit.textContent = match[0];
      element.append(text.slice(end, match.index), hit);
      end = match.index + match[0].length;
    }
    element.append(text.slice(end));
    return element;
  }
  // `lang` only where it is not the page's; a text in several languages has a list of its parts.
  function part(name, text, marks, lang) {
    var element = document.createElement("span");
    if (name) element.className = name;
    if (Array.isArray(lang)) {
      lang.forEach(function (one) { element.append(part("", one[0], marks, one[1])); });
      return element;
    }
    if (lang !== undefined) element.lang = lang;
    return mark(element, text, marks);
  }
  // What the page says: a text of the dialog, which may be in another language.
  function say(name, number) {
    var text = texts[name] === undefined ? "countOther" : name;
    status.lang = texts[text + "Lang"] || document.documentElement.lang;
    status.textContent = texts[text].replace("{number}", number);
  }
  // Where the first word that was meant stands, or -1.
  function first(text, marks) {
    for (var match of text.matchAll(WORD)) if (marks(match[0])) return match.index;
    return -1;
  }
  // The text around the first word that was meant; where only names have one, and not the title, these names, in many languages.
  // Where none is meant, the beginning of what is told, but not of mere notes.
  function excerpt(entry, marks) {
    var text = entry.b || "", at = first(text, marks), lang;
    var names = at < 0 && entry.n && first(entry.t, marks) < 0 ? entry.n.split("\n") : [];
    names = names.filter(function (name) { return first(name, marks) >= 0; });
    if (names.length) { text = names.join(" · "); lang = ""; }
    else if (at < 0 && data.kinds[entry.k].p > TOLD) return "";
    var from = at > 50 ? text.indexOf(" ", at - 50) + 1 : 0, cut = text.slice(from, from + WIDTH);
    if (from + WIDTH < text.length) cut = cut.replace(/\s\S*$/, "") + " …";
    return part("piece", (from ? "… " : "") + cut, marks, lang);
  }
  function nothing() { return false; }
  // A hit: title, kind, the page on which it stands if that is about something else, and a piece of text.
  function hit(entry, marks) {
    var item = document.createElement("li"), link = document.createElement("a"), kind = data.kinds[entry.k];
    var page = /#/.test(entry.u) && pages.get(entry.u.replace(/#.*/, ""));
    link.href = root + (entry.u || "");
    link.append(part("title", entry.t, marks, entry.tl), " ", part("kind", kind.t, nothing, kind.tl), " ");
    if (page) link.append(part("where", page.t, nothing, page.tl), " ");
    link.append(excerpt(entry, marks));
    item.append(link);
    return item;
  }
  function show() {
    var query = input.value.trim();
    list.replaceChildren();
    status.textContent = "";
    if (query && !index) { say("loading"); return; }
    list.setAttribute("aria-busy", "false");
    if (!query) return;
    var found = index.find(query), total = found.docs.length;
    list.append.apply(list, found.docs.slice(0, LIMIT).map(function (entry) { return hit(entry, found.marks); }));
    var category = new Intl.PluralRules(data.lang).select(total);
    say(total ? "count" + category[0].toUpperCase() + category.slice(1) : "none", total);
    if (dialog.wanted && total) list.querySelector("a").click();
    dialog.wanted = false;
  }

  input.addEventListener("input", function () {
    list.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    dialog.wanted = false;
    timer = setTimeout(show, 100);
  });
  // `theme.js` has noted that the best hit is wanted, now or when the index is there.
  dialog.querySelector("form").addEventListener("submit", function () {
    clearTimeout(timer);
    show();
  });
  dialog.addEventListener("keydown", function (event) {
    var stops = [input].concat(Array.from(list.querySelectorAll("a"))), at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    // Who types on among the hits goes on typing in the field.
    if (at && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) { input.focus(); return; }
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    var next = step ? stops[at + step] : at && { Home: stops[1], End: stops[stops.length - 1] }[event.key];
    if (step || next) event.preventDefault();
    if (next) next.focus();
  });
  list.addEventListener("click", function (event) { if (event.target.closest("a")) dialog.close(); });

  if (input.value) say("loading");
  Promise.all([script("assets/search/index.js"), script("assets/js/search-index.js")]).then(build).then(show)
    .catch(function () { say("failed"); });
})();
