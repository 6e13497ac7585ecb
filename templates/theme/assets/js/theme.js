/* On every page: colours, the place in the contents, the drawer's button, the switcher, and the first step towards search.
   Search itself is loaded on demand. */
(function () {
  "use strict";
  var page = document;
  var one = function (selector) { return page.querySelector(selector); };
  var drawer = page.getElementById("__drawer"), button = one(".menu-button"), menu = page.getElementById("menu");
  var switcher = one(".switcher"), dialog = one("dialog.search"), openers = page.querySelectorAll(".search-button");

  page.documentElement.className = page.documentElement.className.replace("no-js", "js");

  // Colours: as chosen, else as the system has them, also when it changes its mind.
  var palettes = Array.from(page.querySelectorAll(".palette")), prefix = "data-md-color-";
  var isOn = function (palette) { return matchMedia(palette.getAttribute(prefix + "media")).matches; };
  var kept = function () { try { return __md_get("__palette"); } catch (error) { return null; } };
  var paint = function (index, keep) {
    var color = {};
    ["media", "scheme", "primary", "accent"].forEach(function (name) {
      color[name] = palettes[index].getAttribute(prefix + name);
      page.body.setAttribute(prefix + name, color[name]);
    });
    palettes.forEach(function (palette, at) { palette.hidden = at !== index; });
    if (keep) __md_set("__palette", { index: index, color: color });
  };
  var system = function () { paint(Math.max(0, palettes.findIndex(isOn))); };
  palettes.forEach(function (palette, index) {
    var next = (index + 1) % palettes.length;
    palette.addEventListener("click", function () { paint(next, true); palettes[next].focus(); });
    matchMedia(palette.getAttribute(prefix + "media")).addEventListener("change", function () { if (!kept()) system(); });
  });
  if (palettes.length) {
    var choice = kept();
    if (choice && palettes[choice.index]) paint(choice.index); else system();
  }

  // Where the reader is, in the contents beside the text.
  var places = Array.from(page.querySelectorAll(".toc a")).map(function (link) {
    return { link: link, heading: page.getElementById(decodeURIComponent(link.hash.slice(1))) };
  }).filter(function (place) { return place.heading; });
  var asked = false;
  var follow = function () {
    asked = false;
    var current = places.filter(function (place) { return place.heading.getBoundingClientRect().top < innerHeight / 4; }).pop();
    places.forEach(function (place) {
      if (place === current) place.link.setAttribute("aria-current", "location"); else place.link.removeAttribute("aria-current");
    });
  };
  if (places.length) addEventListener("scroll", function () {
    if (!asked) requestAnimationFrame(follow);
    asked = true;
  }, { passive: true });

  if (drawer && button && menu) {
    var opened = function () {
      button.setAttribute("aria-expanded", String(drawer.checked));
      if (drawer.checked) (menu.querySelector("[aria-current]") || menu.querySelector("a")).focus();
    };
    var close = function () { if (drawer.checked) drawer.click(); };
    button.addEventListener("click", function () { drawer.click(); });
    drawer.addEventListener("change", opened);
    page.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && drawer.checked) { close(); button.focus(); }
    });
    // Behind the open drawer nothing may hold the focus unseen.
    page.addEventListener("focusin", function (event) {
      if (!menu.contains(event.target) && event.target !== button) close();
    });
  }

  if (switcher) {
    var shut = function (event) { if (!switcher.contains(event.target)) switcher.open = false; };
    page.addEventListener("click", shut);
    page.addEventListener("focusin", shut);
    switcher.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { switcher.open = false; switcher.firstElementChild.focus(); }
    });
  }
  // A text to take along. Without a clipboard (an old browser, a page from disk) it is selected, so that the keyboard can.
  page.querySelectorAll("button.copy").forEach(function (button) {
    var text = page.getElementById(button.dataset.copies), status = button.parentElement.querySelector("[role=status]");
    var said = function () { status.textContent = button.dataset.done; };
    var select = function () {
      getSelection().selectAllChildren(text);
      if (page.execCommand("copy")) said();
    };
    button.hidden = false;
    button.addEventListener("click", function () {
      status.textContent = "";
      if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(said, select);
      else select();
    });
  });
  // Anchors are the same in every language.
  page.querySelectorAll(".languages a").forEach(function (link) {
    link.addEventListener("click", function () { link.hash = location.hash; });
  });

  if (!dialog || !openers.length || !dialog.showModal) return;
  var script, toggle = one(".search-key input"), store = "search.key";
  var load = function () {
    if (script) return;
    script = page.createElement("script");
    script.src = dialog.dataset.root.replace(/\/?$/, "/assets/js/search.js");
    page.head.append(script);
  };
  var open = function () {
    load();
    if (!dialog.open) dialog.showModal();
    one("#search-query").select();
  };
  openers.forEach(function (opener) {
    opener.addEventListener("focus", load);
    opener.addEventListener("pointerenter", load);
    opener.addEventListener("click", open);
  });
  // Enter before the search is there must not close the dialog.
  dialog.addEventListener("submit", function (event) {
    event.preventDefault();
    dialog.wanted = true;
  }, true);
  dialog.addEventListener("click", function (event) {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
  // A key of one sign can be switched off, for people who speak to their computer.
  try { toggle.checked = localStorage.getItem(store) !== "off"; } catch (error) { /* storage refused: stays on */ }
  toggle.addEventListener("change", function () {
    try { localStorage.setItem(store, toggle.checked ? "on" : "off"); } catch (error) { /* not kept, then */ }
  });
  page.addEventListener("keydown", function (event) {
    var command = event.ctrlKey || event.metaKey;
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (command && event.key.toLowerCase() === "k" || event.key === "/" && !command && !event.altKey && !typing && toggle.checked) {
      event.preventDefault();
      open();
    }
  });
})();
