// For translators: shows on a preview which string is which, and how it stands. The texts of the
// page carry marks of the private use area: OPEN number BEGIN text CLOSE.
(async () => {
  const OPEN = "\ue000", CLOSE = "\ue002";
  const TOKEN = /\ue000(\d+)\ue001|\ue002/g;
  const table = await (await fetch("/-/marks")).json();
  const describe = (n) => {
    const { key, state, place } = table[n] ?? { key: "?", state: "", place: "" };
    return { state, text: [key, state, place].filter(Boolean).join("\n") };
  };
  const label = (element, n) => {
    const { state, text } = describe(n);
    if (element.dataset?.mark) return;
    element.dataset.mark = state;
    if (!element.title) element.title = text;
  };
  const plain = (text) => text.replace(TOKEN, "");

  // Attributes and texts that can hold no element: the mark goes to their element.
  const strip = (root) => {
    for (const element of root.querySelectorAll("*")) {
      for (const attribute of [...element.attributes]) {
        const found = /\ue000(\d+)\ue001/.exec(attribute.value);
        if (!attribute.value.includes(OPEN) && !attribute.value.includes(CLOSE)) continue;
        attribute.value = plain(attribute.value);
        if (found) label(element, found[1]);
      }
    }
  };
  const holdsElements = (element) =>
    element.namespaceURI === "http://www.w3.org/1999/xhtml" &&
    !["TITLE", "OPTION", "TEXTAREA", "SCRIPT", "STYLE"].includes(element.tagName);

  const wrap = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      if (/[\ue000\ue002]/.test(walker.currentNode.data)) texts.push(walker.currentNode);
    }
    const signs = [];
    for (const text of texts) {
      const parent = text.parentElement;
      if (!parent) continue;
      if (!holdsElements(parent)) {
        const found = /\ue000(\d+)\ue001/.exec(text.data);
        text.data = plain(text.data);
        if (found && parent.dataset) label(parent, found[1]);
        continue;
      }
      const parts = document.createDocumentFragment();
      let at = 0;
      for (const match of text.data.matchAll(TOKEN)) {
        if (match.index > at) parts.append(text.data.slice(at, match.index));
        const sign = document.createElement("i");
        sign.hidden = true;
        sign.number = match[1];
        signs.push(sign);
        parts.append(sign);
        at = match.index + match[0].length;
      }
      if (at < text.data.length) parts.append(text.data.slice(at));
      text.replaceWith(parts);
    }
    // In the order of the page, so the inner of two nested strings is closed first.
    const open = [];
    for (const sign of signs) {
      if (sign.number !== undefined) { open.push(sign); continue; }
      const first = open.pop();
      if (first && first.parentNode === sign.parentNode) {
        const span = document.createElement("span");
        label(span, first.number);
        first.after(span);
        while (span.nextSibling && span.nextSibling !== sign) span.append(span.nextSibling);
      } else if (first?.parentElement) {
        label(first.parentElement, first.number);
      }
      first?.remove();
      sign.remove();
    }
    open.forEach((sign) => sign.remove());
  };

  const run = (root) => { strip(root); wrap(root); };
  const style = document.createElement("style");
  style.textContent = `
    [data-mark]:hover { outline: 2px solid currentColor; outline-offset: 1px; }
    [data-mark="missing"] { background: #c0392b33; outline: 1px dashed #c0392b; }
    [data-mark="stale"] { background: #e6a70044; outline: 1px dotted #b37400; }`;
  document.head.append(style);
  run(document.documentElement);
  // What scripts of the page put in later, such as hits of the search.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE && /[\ue000\ue002]/.test(node.outerHTML)) run(node);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
  document.documentElement.dataset.marked = "";
})();
