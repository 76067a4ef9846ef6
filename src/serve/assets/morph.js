// What the server sent before and what it sends now -> the same difference in the page somebody looks at. Only what differs between the
// two is touched: what readers and scripts made of the page (a chosen tab, an open box, words in a field) stays. Knows nothing of the preview.
"use strict";
globalThis.hjelpMorph = (() => {
  const PLACE = "data-hjelp-at";
  // Nodes of the page, and what the server sent for them; and the other way round.
  const sent = new WeakMap();
  const shown = new WeakMap();
  const keys = new WeakMap();

  const remember = (live, original) => {
    sent.set(live, original);
    shown.set(original, live);
    original.childNodes.forEach((child, at) => remember(live.childNodes[at], child));
  };

  // Nodes with equal keys look the same; where they were typed doesn't show.
  const key = (node) => {
    if (!keys.has(node)) {
      const text = node.nodeType === Node.ELEMENT_NODE ? node.outerHTML.replace(/ data-hjelp-at="[^"]*"/g, "") : `${node.nodeType} ${node.data}`;
      keys.set(node, text);
    }
    return keys.get(node);
  };

  const alike = (one, other) =>
    one.nodeName === other.nodeName && (one.nodeType !== Node.ELEMENT_NODE || one.className === other.className || !/^(DIV|SECTION|UL|SPAN)$/.test(one.nodeName));

  // Pairs of places in two lists whose keys are equal, as many as there can be in the same order.
  const common = (before, after) => {
    const pairs = [];
    let [start, end] = [0, 0];
    const most = Math.min(before.length, after.length);
    while (start < most && key(before[start]) === key(after[start])) start++;
    while (end < most - start && key(before[before.length - 1 - end]) === key(after[after.length - 1 - end])) end++;
    for (let at = 0; at < start; at++) pairs.push([at, at]);
    const [rows, columns] = [before.length - start - end, after.length - start - end];
    if (rows * columns < 1e6) {
      const width = columns + 1;
      const lengths = new Uint32Array((rows + 1) * width);
      for (let row = rows - 1; row >= 0; row--) {
        for (let column = columns - 1; column >= 0; column--) {
          const same = key(before[start + row]) === key(after[start + column]);
          const [below, right] = [lengths[(row + 1) * width + column], lengths[row * width + column + 1]];
          lengths[row * width + column] = same ? lengths[(row + 1) * width + column + 1] + 1 : Math.max(below, right);
        }
      }
      for (let row = 0, column = 0; row < rows && column < columns; ) {
        if (key(before[start + row]) === key(after[start + column])) pairs.push([start + row++, start + column++]);
        else if (lengths[(row + 1) * width + column] >= lengths[row * width + column + 1]) row++;
        else column++;
      }
    }
    for (let at = end; at > 0; at--) pairs.push([before.length - at, after.length - at]);
    return pairs;
  };

  // For each node of `after` the node of `before` that becomes it, if there is one.
  const partners = (before, after) => {
    const found = new Map();
    let [row, column] = [0, 0];
    for (const [nextRow, nextColumn] of [...common(before, after), [before.length, after.length]]) {
      // Between equal nodes, nodes of one kind become each other.
      for (; column < nextColumn; column++) {
        let at = row;
        while (at < nextRow && !alike(before[at], after[column])) at++;
        if (at < nextRow) {
          found.set(after[column], before[at]);
          row = at + 1;
        }
      }
      if (nextRow < before.length) found.set(after[nextColumn], before[nextRow]);
      [row, column] = [nextRow + 1, nextColumn + 1];
    }
    return found;
  };

  const attributes = (live, before, after) => {
    let differs = false;
    for (const { name } of [...before.attributes, ...after.attributes]) {
      const value = after.getAttribute(name);
      if (before.getAttribute(name) === value) continue;
      if (value === null) live.removeAttribute(name);
      else live.setAttribute(name, value);
      differs ||= name !== PLACE;
    }
    return differs;
  };

  class Unable extends Error {}

  // The child of `parent` that is `node`, or holds it because a script has put it there.
  const inside = (parent, node) => {
    let top = node;
    while (top && top.parentNode !== parent) top = top.parentNode;
    return top;
  };

  const morph = (live, before, after, changed) => {
    if (before.nodeType !== Node.ELEMENT_NODE) {
      if (before.data !== after.data) {
        live.data = after.data;
        changed.add(live.parentElement);
      }
      return;
    }
    if (key(before) !== key(after) && live.nodeName === "SCRIPT" && live.type !== "application/json") throw new Unable("a script has changed");
    if (attributes(live, before, after)) changed.add(live);
    const [olds, news] = [[...before.childNodes], [...after.childNodes]];
    const found = partners(olds, news);
    const kept = new Set(found.values());
    for (const old of olds) {
      if (kept.has(old)) continue;
      const node = shown.get(old);
      const top = inside(live, node);
      if (!top) throw new Unable("a script has taken away what has to go");
      (sent.has(top) ? node : top).remove();
      changed.add(live);
    }
    let previous = null;
    for (const child of news) {
      const old = found.get(child);
      let top;
      if (old) {
        const node = shown.get(old);
        top = inside(live, node);
        if (!top && key(old) !== key(child)) throw new Unable("a script has taken away what has changed");
        morph(node, old, child, changed);
      } else {
        const node = document.importNode(child, true);
        if (node.nodeType === Node.ELEMENT_NODE && (node.matches(".tabGroup, [role=tab], script") || node.querySelector(".tabGroup, script"))) {
          throw new Unable("what is new needs scripts");
        }
        remember(node, child);
        if (previous) previous.after(node);
        else live.prepend(node);
        top = node;
        if (node.nodeType === Node.ELEMENT_NODE) changed.add(node);
        else if (node.data.trim()) changed.add(live);
      }
      previous = top ?? previous;
    }
    sent.set(live, after);
    shown.set(after, live);
  };

  return {
    /** Takes the page as it is now for what the server sent. */
    begin: () => remember(document.body, document.body.cloneNode(true)),
    /** Makes the page what `next`, a document, is, and returns the elements that changed. Throws if only reloading it helps. */
    apply: (next) => {
      const changed = new Set();
      const after = next.body;
      const before = sent.get(document.body);
      morph(document.body, before, after, changed);
      return [...changed].filter((element) => element?.isConnected);
    },
  };
})();
