// Takes the part of the address after `#` along to where a page has moved: a meta refresh forgets it. It stands in front of that refresh and stops
// it, as two ways on at the same time would race.
"use strict";
{
  const { url, anchors } = document.currentScript.dataset;
  const hash = location.hash;
  if (hash.length > 1) {
    let id = hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // As it is typed.
    }
    const moved = JSON.parse(anchors);
    const target = Object.hasOwn(moved, id) ? moved[id] : url.includes("#") ? url : url + hash;
    window.stop();
    location.replace(target);
  }
}
