// Finds pages in the index that hjelp writes for each language: what a reader typed -> pages in order, with the section and the words that
// fit. Knows neither the page it runs on nor where files come from: whoever opens it says how to load one.
"use strict";
globalThis.hjelpSearch = (() => {
  const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  [...SIGNS].forEach((sign, value) => (VALUES[sign.charCodeAt(0)] = value));

  // How much a match is worth that is not the very word.
  const FOLDED = 0.95, SIBLING = 0.8, SYNONYM = 0.7, STEM = 0.65, HEAD = 0.5, PART = 0.3, WITHIN = 0.35;
  const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;
  const WORD = /[\p{Alphabetic}\p{N}\u0300-\u036f]+/gu;

  const reader = (text) => {
    let at = 0;
    const next = () => {
      let value = 0, shift = 0, bits;
      do {
        bits = VALUES[text.charCodeAt(at++)];
        value += (bits & 31) << shift;
        shift += 5;
      } while (bits & 32);
      return value;
    };
    return { next, more: () => at < text.length };
  };

  const numbers = (text) => {
    const all = [];
    for (const read = reader(text); read.more(); ) all.push(read.next());
    return all;
  };

  const lower = (word) => word.toLowerCase().normalize("NFC");

  const LETTERS = { æ: "ae", œ: "oe", ø: "o", ß: "ss", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };
  const PAIRS = [null, /aa|ae|oe/g, /ae|oe|ue/g];
  const foldBy = (kind) => (word) => {
    const plain = word.replace(/[æœøßđðþłı]/g, (letter) => LETTERS[letter]).normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return PAIRS[kind] ? plain.replace(PAIRS[kind], (pair) => pair[0]) : plain;
  };

  // The words of a text as they are looked for; scripts without spaces are cut into pairs of signs.
  const words = (text) =>
    (text.match(WORD) ?? []).map(lower).flatMap((word) => {
      if (!UNSPACED.test(word)) return word.length > 1 || /\d/.test(word) ? [word] : [];
      const signs = [...word];
      return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
    });

  // Letters to put in, take out, replace or swap; anything above `most` is `most + 1`.
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  // What was typed -> words, and which of them belong together in quotes.
  const parse = (query) => {
    const terms = [], phrases = [];
    const add = (word) => {
      const known = terms.indexOf(word);
      return known < 0 ? terms.push(word) - 1 : known;
    };
    const rest = query.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/g, (_, inside) => {
      phrases.push(words(inside).map(add));
      return " ";
    });
    const loose = words(rest);
    const open = /[\p{Alphabetic}\p{N}]$/u.test(rest) ? loose.at(-1) : undefined;
    loose.forEach(add);
    return { terms: terms.slice(0, 12), phrases: phrases.filter((phrase) => phrase.length > 1), open };
  };

  const decode = (text, take) => {
    let page = 0;
    for (const read = reader(text); read.more(); ) {
      page += read.next();
      const facts = read.next();
      const sections = [];
      for (let left = facts >> 3, section = 0; left > 0; left--) {
        section += read.next();
        const head = read.next();
        const positions = [];
        for (let count = head >> 1, at = 0; count > 0; count--) positions.push((at += read.next()));
        sections.push({ section, heading: head & 1, positions });
      }
      take(page, facts, sections);
    }
  };

  const open = async (load) => {
    const start = await load("start");
    const fold = foldBy(start.fold);
    // Every object has a `constructor`, and so on.
    const synonyms = (word) => (Object.hasOwn(start.synonyms, word) ? start.synonyms[word] : []);
    const lengths = numbers(start.lengths);
    const average = lengths.reduce((sum, length, at) => sum + (at % 2 ? length : 0), 0) / start.pages || 1;
    const firsts = [];
    numbers(start.chunks).reduce((first, count) => (firsts.push(first), first + count), 0);
    const loaded = new Map();
    const get = (name, read) => {
      if (!loaded.has(name)) {
        const loading = load(name, start.version).then(read);
        loading.catch(() => loaded.delete(name));
        loaded.set(name, loading);
      }
      return loaded.get(name);
    };

    const groupsOf = (text) => {
      const groups = new Map();
      for (const line of text.split(";")) {
        const [key, ...fields] = line.split(",");
        const group = { key, forms: [], parts: [], within: "" };
        for (const field of fields) {
          if (field[0] === "+") group.parts = field.slice(1).split("+");
          else if (field[0] === "*") group.within = field.slice(1);
          else {
            const cut = field.indexOf(":");
            const form = field[0] === "~" ? key + field.slice(1, cut) : field.slice(0, cut);
            const common = field[cut + 1] === "!" ? reader(field.slice(cut + 2)).next() : 0;
            const places = field.slice(cut + 1).replace(/^![g-z0-9_-]*[A-Za-f]/, "");
            group.forms.push({ form, folded: fold(form), places, common });
          }
        }
        groups.set(key, group);
      }
      return groups;
    };

    // All groups whose stem begins like this; a few files at most.
    const groupsLike = async (beginning) => {
      let from = start.words.findIndex((first) => first > beginning);
      from = Math.max(0, (from < 0 ? start.words.length : from) - 1);
      const names = [];
      for (let at = from; at < start.words.length && names.length < 4; at++) {
        if (at > from && start.words[at] > beginning + "\uffff") break;
        names.push("w" + at);
      }
      const maps = await Promise.all(names.map((name) => get(name, groupsOf)));
      return new Map(maps.flatMap((map) => [...map]));
    };
    const near = (folded) => groupsLike(folded.slice(0, 3));

    // The group of a stem that the word begins with: an ending nobody wrote yet.
    const byStem = (folded, groups) => {
      for (let end = folded.length; end >= Math.max(3, folded.length * 0.6); end--) {
        const group = groups.get(folded.slice(0, end));
        if (group) return group;
      }
    };

    // Everything a word finds: where it stands, what that is worth, and how it is told apart in a text.
    const find = async (word, isOpen, deep = true) => {
      const folded = fold(word);
      const groups = await near(folded);
      const found = { hits: [], marks: new Set(), inside: [], open: "", instead: "", exact: false, common: 0 };
      const add = (form, worth, exact = false) => {
        found.hits.push({ places: form.places, worth, exact });
        found.marks.add(form.folded);
      };
      const addGroup = (group, worth) => group.forms.forEach((form) => add(form, worth));
      const whole = [];
      for (const group of groups.values()) {
        if (!group.forms.some((form) => form.folded === folded)) continue;
        whole.push(group);
        for (const form of group.forms) if (form.folded === folded) found.common = Math.max(found.common, form.common);
        for (const form of group.forms) add(form, form.form === word ? 1 : form.folded === folded ? FOLDED : SIBLING, form.folded === folded);
      }
      found.exact = whole.length > 0;
      if (!whole.length) {
        const group = byStem(folded, groups);
        if (group) {
          whole.push(group);
          addGroup(group, STEM);
        }
      }
      if (isOpen && folded.length > 1) {
        found.open = folded;
        for (const group of groups.values()) {
          for (const form of whole.includes(group) ? [] : group.forms) {
            if (form.folded.startsWith(folded)) add(form, 0.4 + (0.3 * folded.length) / form.folded.length);
          }
        }
      }
      if (!deep) return found;

      for (const group of whole) {
        if (group.within) {
          found.hits.push({ places: group.within, worth: WITHIN });
          found.inside.push(group.key);
        }
        for (const part of group.parts) {
          const known = (await near(part)).get(part);
          if (known) addGroup(known, PART);
        }
        for (const other of synonyms(group.key)) await also(other, SYNONYM);
      }
      if (!whole.length) for (const other of synonyms(folded)) await also(other, SYNONYM);
      async function also(other, worth) {
        const more = await find(other, false, false);
        more.hits.forEach((hit) => found.hits.push({ ...hit, worth: hit.worth * worth, exact: false }));
        more.marks.forEach((mark) => found.marks.add(mark));
      }

      if (!found.exact && start.links.length) await split();
      // A compound nobody wrote yet: its last part must be a word, and so must what stands before it.
      async function split() {
        for (let at = 4; at <= folded.length - 4; at++) {
          const before = folded.slice(0, at);
          const bare = ["", ...start.links].filter((link) => before.endsWith(link)).map((link) => before.slice(0, before.length - link.length));
          const known = (rest) => rest.length > 3 && (groups.get(rest) ?? [...groups.values()].find((group) => group.forms.some((form) => form.folded === rest)));
          const first = bare.map(known).find(Boolean);
          if (!first) continue;
          const last = folded.slice(at);
          const others = await near(last);
          const head = [...others.values()].find((group) => group.forms.some((form) => form.folded === last)) ?? byStem(last, others);
          if (!head) continue;
          addGroup(head, HEAD);
          return addGroup(first, HEAD);
        }
      }

      if (!found.hits.length && folded.length > 3) {
        const most = folded.length > 7 ? 2 : 1;
        let best = most + 1, meant = [];
        for (const group of groups.values()) {
          for (const form of group.forms) {
            const apart = distance(folded, form.folded, most);
            if (apart < best) [best, meant] = [apart, []];
            if (apart === best && apart <= most) meant.push([group, form]);
          }
        }
        meant.sort((a, b) => b[1].places.length - a[1].places.length);
        for (const [group] of meant.slice(0, 3)) addGroup(group, best === 1 ? 0.6 : 0.4);
        found.instead = meant[0]?.[1].form ?? "";
      }
      return found;
    };

    // Gathers the places of one word by page.
    const gather = (found) => {
      const pages = new Map();
      for (const { places, worth, exact } of found.hits) {
        decode(places, (page, facts, sections) => {
          let all = pages.get(page);
          if (!all) pages.set(page, (all = { title: 0, keyword: 0, description: 0, often: 0, sections: new Map() }));
          if (facts & 1) all.title = Math.max(all.title, worth);
          if (facts & 2) all.keyword = Math.max(all.keyword, worth);
          if (facts & 4) all.description = Math.max(all.description, worth);
          for (const { section, heading, positions } of sections) {
            let here = all.sections.get(section);
            if (!here) all.sections.set(section, (here = { heading: 0, often: 0, positions: new Set() }));
            const often = worth * Math.max(1, positions.length);
            if (heading) here.heading = Math.max(here.heading, worth);
            here.often += often;
            all.often += often;
            if (exact) for (const position of positions) here.positions.add(position);
          }
        });
      }
      return pages;
    };

    // True if the words of the phrase follow each other somewhere. A word so common that its places are not told fits anywhere.
    const holds = (page, phrase, gathered) => {
      const all = phrase.map((term) => gathered[term]?.get(page));
      const sections = new Set(all.flatMap((one) => (one ? [...one.sections.keys()] : [])));
      return [...sections].some((section) => {
        const places = phrase.map((term, at) => (gathered[term].common ? null : (all[at]?.sections.get(section)?.positions ?? new Set())));
        const anchor = places.findIndex(Boolean);
        if (anchor < 0) return true;
        return [...places[anchor]].some((at) => places.every((place, step) => !place || place.has(at - anchor + step)));
      });
    };

    const search = async (query) => {
      const { terms, phrases, open } = parse(query);
      const found = await Promise.all(terms.map((term) => find(term, term === open)));
      const gathered = found.map(gather);
      gathered.forEach((pages, term) => (pages.common = found[term].common));
      const weights = gathered.map((pages) => {
        const size = Math.min(start.pages, Math.max(pages.size, pages.common));
        return Math.log(1 + (start.pages - size + 0.5) / (size + 0.5));
      });
      const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
      const results = [];
      for (const page of new Set(gathered.flatMap((pages) => [...pages.keys()]))) {
        if (!phrases.every((phrase) => holds(page, phrase, gathered))) continue;
        const titleLength = Math.max(1, lengths[2 * page]);
        const long = 0.4 + (0.6 * lengths[2 * page + 1]) / average;
        let score = 0, share = 0, inTitle = 0;
        const sections = new Map();
        gathered.forEach((pages, term) => {
          const all = pages.get(page);
          if (!all) return;
          const headings = Math.max(0, ...[...all.sections].map(([section, here]) => (section ? here.heading : 0)));
          score += weights[term] * (4 * all.title + 3 * all.keyword + all.description + 1.6 * headings + (2.2 * all.often) / (all.often + 1.2 * long));
          share += weights[term];
          inTitle += all.title;
          for (const [section, here] of all.sections) {
            sections.set(section, (sections.get(section) ?? 0) + weights[term] * (2 * here.heading + here.often / (here.often + 1)));
          }
        });
        score += (4 * whole * inTitle * inTitle) / (titleLength * terms.length);
        score *= (share / whole) ** 2;
        let best = 0;
        if (inTitle < terms.length * 0.9) for (const [section, worth] of sections) if (worth > (sections.get(best) ?? 0) + 1e-9) best = section;
        results.push({ page, score, section: best });
      }
      results.sort((a, b) => b.score - a.score || a.page - b.page);
      const least = (results[0]?.score ?? 0) * 0.12;
      return {
        terms,
        results: results.filter((result) => result.score > least),
        instead: found.some((one) => one.instead) ? terms.map((term, at) => found[at].instead || term).join(" ") : "",
        isMark: (word) => {
          const folded = fold(lower(word));
          return found.some(
            (one) => one.marks.has(folded) || (one.open && folded.startsWith(one.open)) || one.inside.some((part) => part.length > 3 && folded.includes(part)),
          );
        },
      };
    };

    const cut = (text, isMark) => {
      const parts = [];
      let at = 0;
      for (const { 0: word, index } of text.matchAll(WORD)) {
        if (!isMark(word)) continue;
        parts.push([text.slice(at, index), false], [word, true]);
        at = index + word.length;
      }
      parts.push([text.slice(at), false]);
      return parts.filter(([words]) => words);
    };

    // About 160 signs around the words that were looked for, cut into pieces that are marked or not.
    const snippet = (text, isMark) => {
      const LONG = 160;
      const flat = text.replace(/\n+/g, " · ").replace(/\s+/g, " ");
      const marks = [...flat.matchAll(WORD)].filter((match) => isMark(match[0]));
      let best = 0, most = 0;
      for (const { index } of marks) {
        const inside = marks.filter((other) => other.index >= index && other.index < index + LONG);
        const different = new Set(inside.map((other) => fold(lower(other[0])))).size;
        if (different > most) [best, most] = [index, different];
      }
      let from = best < LONG / 2 ? 0 : flat.indexOf(" ", best - 50) + 1;
      if (from > best) from = best;
      let to = flat.length <= from + LONG ? flat.length : flat.lastIndexOf(" ", from + LONG);
      if (to <= from) to = from + LONG;
      return cut((from ? "… " : "") + flat.slice(from, to) + (to < flat.length ? " …" : ""), isMark);
    };

    // What a reader sees of results.
    const show = (answer, results) =>
      Promise.all(
        results.map(async ({ page, section }) => {
          let chunk = firsts.findIndex((first) => first > page);
          chunk = (chunk < 0 ? firsts.length : chunk) - 1;
          const [url, title, lang, way, sections] = (await get("p" + chunk, (pages) => pages))[page - firsts[chunk]];
          const [id, heading, text] = sections[section] ?? sections[0];
          const hasMark = (words) => (words.match(WORD) ?? []).some(answer.isMark);
          const shown = hasMark(text) ? text : (sections.find((other) => hasMark(other[2])) ?? sections.find((other) => other[2]) ?? sections[0])[2];
          return {
            url: url + (id && "#" + encodeURIComponent(id)),
            title: cut(title, answer.isMark),
            heading: cut(heading, answer.isMark),
            text: snippet(shown, answer.isMark),
            lang,
            way,
          };
        }),
      );

    return { search, show, say: start.say };
  };

  const waiting = new Map();
  return {
    open,
    fold: (word, kind) => foldBy(kind)(lower(word)),
    // Index files call this with what they hold.
    take: (name, value) => waiting.get(name)?.(value),
    // How a page loads them: as scripts, which work from disk too.
    loader: (folder) => (name, version) =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(name, resolve);
        script.src = folder + name + ".js" + (version ? "?" + version : "");
        script.onload = () => script.remove();
        script.onerror = reject;
        document.head.append(script);
      }),
  };
})();
