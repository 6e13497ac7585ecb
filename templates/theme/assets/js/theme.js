/* On every page: the drawer's button, the switcher, and the first step towards search. Search itself is loaded on demand. */
(function () {
  "use strict";
  var page = document;
  var one = function (selector) { return page.querySelector(selector); };
  var drawer = page.getElementById("__drawer"), button = one(".menu-button"), menu = page.getElementById("menu");
  var switcher = one(".switcher"), dialog = one("dialog.search"), openers = page.querySelectorAll(".search-button");

  if (drawer && button && menu) {
    var follow = function () {
      button.setAttribute("aria-expanded", String(drawer.checked));
      if (drawer.checked) (menu.querySelector("[aria-current]") || menu.querySelector("a")).focus();
    };
    var close = function () { if (drawer.checked) drawer.click(); };
    button.addEventListener("click", function () { drawer.click(); });
    drawer.addEventListener("change", follow);
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
