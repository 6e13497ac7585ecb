/* Finds pages by words, in any language and script, as they are written, typed or misspelt. No document, no request:
   `searchIndex(data)` takes what the site's index file hands over and returns `find(query)`. The index is made here and not by the
   generator, so that names and queries are folded by one and the same code. All tables are about letters, none about words. */
(function () {
  "use strict";

  // --- letters

  // Letters that are not a base letter with a mark on it. The breves of й, ў and ŭ stay: they are letters of their own.
  var SPELT = { "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е", "ґ": "г" };
  // How a letter is written in Latin: as it sounds, whatever the system. Signs of softness are not heard.
  var SOUND = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "S", "з": "s", "и": "i", "й": "j", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "s", "ч": "C", "ш": "S", "щ": "S",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "ju", "я": "ja", "і": "i", "ї": "ji", "є": "je", "ў": "v", "ŭ": "v",
    "š": "S", "ž": "S", "č": "C", "ć": "s", "ś": "s", "ź": "s"
  };
  // Then what systems write with several letters, or with different ones; longest first, in this order.
  var WRITTEN = [
    [/schtsch|shch|szcz|stsch|sch|sh|zh|cz/g, function (all) { return all === "cz" ? "C" : "S"; }], [/t?sch|tch|tsh/g, "C"],
    [/kh/g, "h"], [/ch/g, "C"], [/ph/g, "f"], [/th/g, "t"], [/tz|ts/g, "s"], [/ck/g, "k"], [/qu/g, "kv"], [/q/g, "k"], [/x/g, "ks"],
    [/c(?=[eiyj])/g, "s"], [/c/g, "k"], [/w/g, "v"], [/z/g, "s"], [/y/g, "i"], [/([aou])e/g, "$1"],
    [/[ij]+(?=[aeou])/g, ""], [/j/g, "i"], [/SC/g, "S"], [/(\D)\1+/g, "$1"]
  ];
  // Pairs that are heard or written for each other cost less than other slips.
  var NEAR = {};
  ["ao", "ae", "oe", "ei", "ie", "ou", "ui", "ai", "Ch", "Ck", "Cs", "CS", "Ss", "gh", "gk", "kh", "vu", "vf", "vb", "bp", "dt", "sS"]
    .forEach(function (pair) { NEAR[pair] = NEAR[pair[1] + pair[0]] = 0.5; });
  // The same keys under other letters: what is typed with the wrong layout can be read with the right one.
  var KEYS = ["qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё", "йцукенгшўзх'фывапролджэячсмітьбюё"];

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/и\u0306/g, "й").replace(/у\u0306/g, "ў").replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC").replace(/[ßłøđæœıёґ]/g, function (letter) { return SPELT[letter]; }).replace(/['’ʼ‘`´ʹ′]/g, "");
  }
  function sound(raw) {
    var text = raw.toLowerCase().normalize("NFC").replace(/ё/g, "е").replace(/./gu, function (letter) {
      return letter in SOUND ? SOUND[letter] : /[A-Za-z0-9]/.test(letter) ? letter : fold(letter);
    });
    WRITTEN.forEach(function (rule) { text = text.replace(rule[0], rule[1]); });
    return text || raw;
  }
  // The words of a text as they stand; "8th" is 8.
  function words(text) {
    return text.replace(/['’ʼ‘`´ʹ′]/g, "").replace(/(\p{N})-?\p{L}{1,3}(?![\p{L}\p{N}])/gu, "$1").match(/\p{N}+|[\p{L}\p{M}]+/gu) || [];
  }

  // --- nearness of two words by their sound

  var row = [], last = [], before = [], slipped;
  // What it costs to make one of the other; an ending more or less costs little. More than `most` is Infinity. `slipped` says
  // whether more than an ending differs.
  function cost(a, b, most) {
    var i, j, x, best = Infinity, swap, stem = Math.min(a.length, b.length) > 3 ? 3 : 4;
    last.length = 0;
    for (j = 0; j <= b.length; j++) last[j] = j;
    for (i = 1; i <= a.length; i++) {
      row[0] = i;
      var least = i;
      for (j = 1; j <= b.length; j++) {
        var same = a[i - 1] === b[j - 1];
        x = same ? last[j - 1] : last[j - 1] + (NEAR[a[i - 1] + b[j - 1]] || 1);
        if (last[j] + 1 < x) x = last[j] + 1;
        if (row[j - 1] + 1 < x) x = row[j - 1] + 1;
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && before[j - 2] + 0.8 < x) x = before[j - 2] + 0.8;
        row[j] = x;
        if (x < least) least = x;
        if (!same || x && a.length - i + b.length - j > 5) continue;
        var whole = (ends(a, i, stem) + ends(b, j, stem)) * (x ? 2 : 1) + x;
        if (whole < best) { best = whole; slipped = x > 0; }
      }
      if (least > most && best > most) return Infinity;
      swap = before; before = last; last = row; row = swap;
    }
    if (last[b.length] < best) { best = last[b.length]; slipped = true; }
    return best <= most ? best : Infinity;
  }
  // An ending is what stands behind at least four letters, or three if it is short.
  function ends(word, at, stem) {
    var left = word.length - at;
    if (!left) return 0;
    return at >= 4 && left <= 4 && at >= left ? 0.1 + 0.05 * left : at === stem && left <= 2 ? 0.1 + 0.1 * left : Infinity;
  }
  function letters(word) {
    var bits = 0;
    for (var i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
    return bits;
  }
  function script(text) { return /[a-z]/.test(text); }
  function count(bits) {
    for (var n = 0; bits; n++) bits &= bits - 1;
    return n;
  }

  // --- the index

  // What a match is worth by where it stands: in a name; in a name of what the entry is about; as its kind; in its terms and text.
  var NAME = 1, ABOUT = 0.62, KIND = 0.5, TEXT = 0.34;
  // What it is worth that a term is met at all, wherever.
  var ALL = 0.07;
  // What is worth less is no hit.
  var LEAST = 0.1;
  // A word that fits a term less is not meant.
  var POOR = 0.55;

  window.searchIndex = function (data) {
    var docs = data.docs, vocabulary = new Map(), known = new Map();

    function entryOf(raw, isInitials) {
      var word = !isInitials && known.get(raw);
      if (word) return word;
      var text = fold(raw);
      word = vocabulary.get(text);
      if (!word) {
        word = { text: text, sound: sound(raw), docs: new Map() };
        word.bits = letters(word.sound);
        vocabulary.set(text, word);
      }
      if (isInitials) return word;
      word.isWord = true;
      known.set(raw, word);
      return word;
    }
    function note(word, id, worth) {
      if (!(word.docs.get(id) >= worth)) word.docs.set(id, worth);
      if (worth === NAME) word.isName = true;
    }
    function noteAll(text, id, worth) {
      return words(text || "").map(function (raw) {
        var word = entryOf(raw);
        note(word, id, worth);
        return word;
      });
    }
    // A name of three or more words is found by its initials too, with and without the small words.
    function initials(raw) {
      [raw, raw.filter(function (one) { return one.length > 3 || one[0] !== one[0].toLowerCase(); })].forEach(function (some) {
        if (some.length > 2 && some.length < 8) found.push([entryOf(some.map(function (one) { return one[0]; }).join("").toLowerCase().replace(/ў/g, "у"), true)]);
      });
    }

    var found;
    var names = docs.map(function (entry, id) {
      found = [];
      [entry.t].concat(entry.n ? entry.n.split("\n") : []).forEach(function (name) {
        var raw = words(name);
        found.push(raw.map(function (one) { return entryOf(one); }));
        if (data.kinds[entry.k].p < 3) initials(raw);
      });
      found.forEach(function (name) { name.forEach(function (word) { note(word, id, NAME); }); });
      return found;
    });
    var kinds = data.kinds.map(function (kind) { return words(kind.t + "\n" + kind.n).map(function (one) { return entryOf(one); }); });
    var terms = data.terms.map(function (term) { return words(term).map(function (one) { return entryOf(one); }); });
    docs.forEach(function (entry, id) {
      (entry.r || []).forEach(function (other) {
        names[other].forEach(function (name) { name.forEach(function (word) { note(word, id, ABOUT); }); });
      });
      kinds[entry.k].forEach(function (word) { note(word, id, KIND); });
      (entry.w || []).forEach(function (term) { terms[term].forEach(function (word) { note(word, id, TEXT); }); });
      noteAll(entry.b, id, TEXT);
    });
    var all = Array.from(vocabulary.values());
    known.clear();
    function rarity(number) { return Math.log(1 + docs.length / (1 + number)); }
    all.forEach(function (word) { word.weight = rarity(word.docs.size); });

    // --- a query

    // All words that a term may mean, each with how well it fits: 1 as it stands, less by sound, beginning, ending or slip.
    function fits(raw) {
      var text = fold(raw), heard = sound(raw), bits = letters(heard), found = new Map(), slips = [], best = 0;
      var most = heard.length < 4 ? 0 : heard.length < 5 ? 0.8 : heard.length < 6 ? 1 : heard.length < 9 ? 1.6 : 2.2;
      function take(word, fit, isSlip) {
        if (fit < POOR) return;
        found.set(word, fit);
        if (fit > best) best = fit;
        if (isSlip) slips.push(word);
      }
      all.forEach(function (word) {
        var longer = word.text.length - text.length;
        if (word.text === text) take(word, 1);
        else if (word.sound === heard && heard.length > 2) take(word, 0.93, script(word.text) === script(text));
        else if (longer > -3 && longer < 0 && word.text.length === 3 && word.isName && text.startsWith(word.text)) take(word, 0.82);
        else if (!word.isWord && text.length < 3) return;
        else if (longer > 0 && text.length > 1 && word.text.startsWith(text)) take(word, 0.88 - 0.02 * Math.min(longer, 8));
        else if (!word.isWord) return;
        else if (heard.length > 3 && word.sound.startsWith(heard)) take(word, 0.82 - 0.02 * Math.min(word.sound.length - heard.length, 8));
        // Parts of a compound.
        else if (heard.length > 4 && word.sound.endsWith(heard)) take(word, 0.9);
        else if (heard.length > 4 && word.sound.indexOf(heard) > 0) take(word, 0.6);
        else if (word.sound.length > 4 && heard.endsWith(word.sound)) take(word, 0.6);
      });
      if (most) {
        all.forEach(function (word) {
          var other = word.sound;
          if (found.has(word) || !word.isWord || other.length < 3 || Math.abs(other.length - heard.length) > 4 || /\d/.test(other)) return;
          if (count(bits & ~word.bits) > 4 || count(word.bits & ~bits) > 4) return;
          var paid = cost(heard, other, most);
          if (paid <= most) take(word, 0.94 - 0.1 * paid - (paid > 0.5 ? 0.75 * paid / heard.length : 0), slipped);
        });
      }
      // Where the word exists as it is typed, it is hardly a slip of another.
      if (best === 1) slips.forEach(function (word) { found.set(word, found.get(word) * 0.6); });
      return { found: found, best: best };
    }

    function search(query) {
      var raw = words(query), score = new Map(), total = 0, sure = 0, matched = new Map();
      var useful = raw.filter(function (one) { return one.length > 1 || /\p{N}/u.test(one) || raw.length === 1; });
      var terms = useful.map(function (one) {
        var fit = fits(one), touched = new Set();
        fit.found.forEach(function (value, word) {
          if (value > fit.best - 0.08) word.docs.forEach(function (_, id) { touched.add(id); });
        });
        // What is nowhere is what the query was about, perhaps.
        fit.weight = rarity(fit.found.size ? touched.size : 1);
        return fit;
      });
      terms.forEach(function (term) {
        total += term.weight;
        sure += term.weight * term.best;
        var here = new Map(), met = new Map();
        term.found.forEach(function (fit, word) {
          if (fit < term.best - 0.4) return;
          matched.set(word, Math.max(fit, matched.get(word) || 0));
          word.docs.forEach(function (worth, id) {
            var value = fit * fit * worth;
            if (!(here.get(id) >= value)) here.set(id, value);
            if (!(met.get(id) >= fit)) met.set(id, fit);
          });
        });
        here.forEach(function (value, id) { score.set(id, (score.get(id) || 0) + (value + ALL * met.get(id)) * term.weight); });
      });
      var hits = [];
      score.forEach(function (value, id) {
        var cover = 0;
        // How much of its best name was asked for.
        names[id].forEach(function (name) {
          var asked = 0, whole = 0;
          name.forEach(function (word) { whole += word.weight; asked += word.weight * (matched.get(word) || 0); });
          if (whole && asked / whole > cover) cover = asked / whole;
        });
        hits.push({ id: id, score: value / (total || 1) + 0.25 * cover - 0.04 * data.kinds[docs[id].k].p });
      });
      hits.sort(function (a, b) { return b.score - a.score || a.id - b.id; });
      return { hits: hits, matched: matched, sure: total ? sure / total : 0, best: hits.length ? hits[0].score : 0 };
    }

    // The query as it would be on another keyboard.
    function retyped(query) {
      var lower = query.toLowerCase(), found = [];
      KEYS.forEach(function (from, one) {
        KEYS.forEach(function (to, two) {
          if (one === two || one && two) return;
          var text = Array.from(lower, function (key) { return from.indexOf(key) < 0 ? key : to[from.indexOf(key)]; }).join("");
          if (text !== lower && found.indexOf(text) < 0) found.push(text);
        });
      });
      return found;
    }

    // Entries, best first, without those that fit much worse than the best; `marks(word)` says whether a word of a text was meant.
    function find(query) {
      var result = search(query);
      if (result.sure < 0.75) {
        retyped(query).forEach(function (text) {
          var other = search(text);
          if (other.sure > 0.75 && other.best > result.best + 0.1) result = other;
        });
      }
      var least = Math.max(result.best * 0.6, LEAST);
      var meant = new Set(Array.from(result.matched.keys(), function (word) { return word.text; }));
      return {
        docs: result.hits.filter(function (hit) { return hit.score >= least; }).map(function (hit) { return docs[hit.id]; }),
        scores: result.hits,
        marks: function (word) { return meant.has(fold(word)); }
      };
    }
    return { find: find, fold: fold, sound: sound };
  };
})();
