/* Search over one language's index, in the page: no worker, no request but script files, so it works from disk too. */
(function () {
  "use strict";
  var dialog = document.querySelector("dialog.search"), texts = dialog.dataset;
  var root = texts.root.replace(/\/?$/, "/"), folder = root + "assets/search/";
  var input = dialog.querySelector("input"), list = dialog.querySelector("ol"), status = dialog.querySelector("[role=status]");
  var LIMIT = 20, WIDTH = 150, data, index, stem, stop, timer;
  var LETTERS = { "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i" };

  // Marks go, but not the breve of й: without it adjectives lose their stem.
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/и\u0306/g, "й").replace(/[\u0300-\u036f]/g, "")
      .replace(/[ßłøđæœı]/g, function (letter) { return LETTERS[letter]; });
  }
  function words(text) { return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean); }
  function rootOf(word) { return stem ? stem(new lunr.Token(word, {})).toString() : word; }

  function script(name) {
    return new Promise(function (done, failed) {
      var element = document.createElement("script");
      element.src = folder + name;
      element.onload = done;
      element.onerror = failed;
      document.head.append(element);
    });
  }

  window.searchData = function (value) { data = value; };

  // `stemmer`: absent, "lunr" for the one inside lunr, or the name of a file lunr.NAME.js.
  function prepare() {
    var name = data.stemmer;
    if (!name || name === "lunr") return Promise.resolve(name && lunr);
    return script("lunr.stemmer.support.js").then(function () { return script("lunr." + name + ".js"); })
      .then(function () { return lunr[name]; });
  }
  function build(language) {
    stem = language && language.stemmer;
    stop = language && language.stopWordFilter;
    index = lunr(function () {
      var builder = this;
      builder.tokenizer = function (text) { return words(text || "").map(function (word) { return new lunr.Token(word, {}); }); };
      [builder.pipeline, builder.searchPipeline].forEach(function (pipeline) {
        pipeline.reset();
        if (stem) pipeline.add(stem);
      });
      builder.field("t", { boost: 12 });
      builder.field("n", { boost: 8 });
      builder.field("k", { boost: 2 });
      builder.field("b");
      data.docs.forEach(function (entry, id) { builder.add(Object.assign({ id: id }, entry)); });
    });
  }

  // A term counts as it stands, by its stem, as a beginning; only where nothing fits, with a slip or two.
  function hits(term) {
    var found = index.query(function (query) {
      query.term(term, { boost: 6 });
      query.term(term, { usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
    });
    return found.length || term.length < 5 ? found : index.query(function (query) {
      query.term(term, { editDistance: term.length > 8 ? 2 : 1 });
    });
  }
  function find(text) {
    var terms = [], score = {}, count = {};
    words(text).forEach(function (term, at, all) {
      // A stop word counts for nothing; as the last it may be the beginning of another word.
      var needed = !stop || stop(term) ? 1 : 0;
      if (!needed && at < all.length - 1) return;
      terms.push(term);
      hits(term).forEach(function (hit) {
        score[hit.ref] = (score[hit.ref] || 0) + hit.score;
        count[hit.ref] = (count[hit.ref] || 0) + needed;
      });
    });
    var refs = Object.keys(score), best = Math.max.apply(null, refs.map(function (ref) { return count[ref]; }));
    refs = refs.filter(function (ref) { return count[ref] === best; });
    refs.sort(function (a, b) { return score[b] - score[a] || a - b; });
    return { terms: terms, docs: refs.map(function (ref) { return data.docs[ref]; }) };
  }

  // Appends text to the element, with the words that match marked.
  function mark(element, text, terms) {
    var roots = terms.map(rootOf), end = 0;
    for (var match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      var word = fold(match[0]);
      if (!terms.some(function (term) { return word.startsWith(term); }) && roots.indexOf(rootOf(word)) < 0) continue;
      var hit = document.createElement("mark");
      hit.textContent = match[0];
      element.append(text.slice(end, match.index), hit);
      end = match.index + match[0].length;
    }
    element.append(text.slice(end));
    return element;
  }
  // `lang` only where it is not the page's; a text in several languages has a list of its parts.
  function part(name, text, terms, lang) {
    var element = document.createElement("span");
    if (name) element.className = name;
    if (Array.isArray(lang)) {
      lang.forEach(function (one) { element.append(part("", one[0], terms, one[1])); });
      return element;
    }
    if (lang !== undefined) element.lang = lang;
    return mark(element, text, terms);
  }
  // What the page says: a text of the dialog, which may be in another language.
  function say(name, number) {
    var text = texts[name] === undefined ? "countOther" : name;
    status.lang = texts[text + "Lang"] || document.documentElement.lang;
    status.textContent = texts[text].replace("{number}", number);
  }
  // The text around the first match, cut between words; of the names, in many languages, if only they match.
  function excerpt(entry, terms) {
    var text, first, lang;
    [entry.n, entry.b].forEach(function (field) {
      var found = part("", field || "", terms).querySelector("mark");
      if (found || !first) { text = field || ""; first = found; lang = field === entry.n ? "" : undefined; }
    });
    var at = first ? Math.max(0, first.previousSibling.length - 50) : 0;
    var from = at && text.indexOf(" ", at) + 1, cut = text.slice(from, from + WIDTH);
    if (from + WIDTH < text.length) cut = cut.replace(/\s\S*$/, "") + " …";
    return part("piece", (from ? "… " : "") + cut, terms, lang);
  }
  function show() {
    var query = input.value.trim();
    list.replaceChildren();
    status.textContent = "";
    if (query && !index) { say("loading"); return; }
    list.setAttribute("aria-busy", "false");
    if (!query) return;
    var found = find(query), total = found.docs.length;
    found.docs.slice(0, LIMIT).forEach(function (entry) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = root + (entry.u || "");
      link.append(part("title", entry.t, found.terms, entry.tl), " ", part("kind", entry.k || "", [], entry.kl), " ",
        excerpt(entry, found.terms));
      item.append(link);
      list.append(item);
    });
    var category = new Intl.PluralRules(data.lang).select(total);
    say(total ? "count" + category[0].toUpperCase() + category.slice(1) : "none", total);
  }

  input.addEventListener("input", function () {
    list.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = setTimeout(show, 100);
  });
  dialog.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    show();
    if (list.querySelector("a")) list.querySelector("a").click();
  });
  dialog.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    var stops = [input].concat(Array.from(list.querySelectorAll("a"))), next = stops[stops.indexOf(document.activeElement) + step];
    if (stops.indexOf(document.activeElement) < 0) return;
    event.preventDefault();
    if (next) next.focus();
  });
  list.addEventListener("click", function (event) { if (event.target.closest("a")) dialog.close(); });

  if (input.value) say("loading");
  Promise.all([script("index.js"), script("lunr.js")]).then(prepare).then(build).then(show)
    .catch(function () { say("failed"); });
})();
