// Finds pages in the index that hjelp writes for each language: what a reader typed -> pages in order, with the section and the words that
// fit. Knows neither the page it runs on nor where files come from: whoever opens it says how to load one.
"use strict";
globalThis.hjelpSearch = (() => {
  const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  [...SIGNS].forEach((sign, value) => (VALUES[sign.charCodeAt(0)] = value));

  // How much a match is worth that is not the very word.
  const FOLDED = 0.95, SIBLING = 0.8, SYNONYM = 0.7, STEM = 0.65, HEAD = 0.5, PART = 0.3, WITHIN = 0.35, SLIP = [1, 0.6, 0.4];
  // A word that is on a page or two, by the length of its places.
  const RARE = 14;
  const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;
  // *C#* and *C++* are other names than *C*; soft hyphens are within words.
  const WORD = /\p{Alphabetic}(?:\+\+|#)(?![\p{Alphabetic}\p{N}])|[\p{Alphabetic}\p{N}\u0300-\u036f\u00ad]+/gu;

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

  const lower = (word) => word.toLowerCase().replaceAll("\u00ad", "").normalize("NFC");

  const LETTERS = { æ: "ae", œ: "oe", ø: "o", ß: "ss", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };
  const PAIRS = [null, /aa|ae|oe/g, /ae|oe|ue/g];
  const foldBy = (kind) => (word) => {
    const plain = word.replace(/[æœøßđðþłı]/g, (letter) => LETTERS[letter]).normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return PAIRS[kind] ? plain.replace(PAIRS[kind], (pair) => pair[0]) : plain;
  };

  // The words of a text as they are looked for; scripts without spaces are cut into pairs of signs. A single letter is a word as a name only:
  // as a capital, or if nothing else was typed.
  const words = (text) => {
    const found = [];
    let before = "", end = 0;
    for (const { 0: written, index } of text.matchAll(WORD)) {
      const word = lower(written);
      if (UNSPACED.test(word)) {
        const signs = [...word];
        found.push(...(signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign)));
      } else if (before.length === 1 && index === end + 1 && /[-\u2010\u2011]/.test(text[end])) {
        // What is before the hyphen in *e-post* is no word.
        if (found.at(-1) === before) found.pop();
        found.push(before + word);
      } else if (word.length > 1 || /\d/.test(word) || word !== written || written === text.trim()) found.push(word);
      [before, end] = [word, index + written.length];
    }
    return found;
  };

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
  const parse = (query, isStop) => {
    const terms = [], phrases = [];
    const add = (word) => {
      const known = terms.indexOf(word);
      return known < 0 ? terms.push(word) - 1 : known;
    };
    const rest = query.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/g, (_, inside) => {
      phrases.push(words(inside).map(add));
      return " ";
    });
    const typed = words(rest);
    const open = /[\p{Alphabetic}\p{N}]$/u.test(rest) ? typed.at(-1) : undefined;
    // Words like *how* and *the* are what every question has; they count only where there is hardly anything else.
    const told = typed.filter((word) => !isStop(word));
    const loose = told.length && (told.length > 1 || typed.length > 2) ? told : typed;
    loose.forEach(add);
    // *kalender avtale* is *kalenderavtale*, and *log in* is *login*.
    const joins = typed.slice(1).map((word, at) => [typed[at], word]).filter(([first, word]) => !isStop(first) && first !== word);
    return { terms: terms.slice(0, 12), phrases: phrases.filter((phrase) => phrase.length > 1), open, joins: joins.slice(0, 6) };
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
    const stops = new Set((start.stop ?? "").split(" ").map(fold));
    const isStop = (word) => stops.has(fold(word));
    const lengths = numbers(start.lengths);
    const areas = numbers(start.area ?? ""), pageWeights = numbers(start.weights ?? "");
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

    // The file that has this stem.
    const fileOf = (stem) => {
      const next = start.words.findIndex((first) => first > stem);
      return Math.max(0, (next < 0 ? start.words.length : next) - 1);
    };
    const groupsIn = async (from, to) => {
      const names = [];
      for (let at = from; at <= to; at++) names.push("w" + at);
      const maps = await Promise.all(names.map((name) => get(name, groupsOf)));
      return new Map(maps.flatMap((map) => [...map]));
    };
    // The groups a word can be in: a stem begins like its words, but needn't be before them in order (*visibl* of *visibility*). A few files at
    // most, mostly one.
    const near = (folded, isOpen) => {
      const beginning = folded.slice(0, Math.max(3, Math.ceil(folded.length / 2)));
      const own = fileOf(folded);
      const from = Math.max(fileOf(beginning), own - 2);
      return groupsIn(from, Math.min(fileOf((isOpen ? folded : beginning) + "\uffff"), Math.max(own + 1, from + 3)));
    };
    const beginningLike = (folded) => {
      const from = fileOf(folded.slice(0, 3));
      return groupsIn(from, Math.min(fileOf(folded), from + 3));
    };

    // Every word that is in titles or on many pages, and how common it is.
    const vocabularyOf = (text) => {
      let before = "";
      return text.split(" ").filter(Boolean).map((entry) => {
        const [shared, level] = numbers(entry.slice(0, 2));
        before = [...before].slice(0, shared).join("") + entry.slice(2);
        return { form: before, folded: fold(before), level };
      });
    };
    const vocabulary = () => get("v", vocabularyOf);

    // The group that shares most of the beginning: an ending nobody wrote yet. A noun can be in the group of its verb, whose stem is shorter.
    const byStem = (folded, groups) => {
      const least = Math.max(3, folded.length * 0.6);
      let longest = 0, best;
      for (const group of groups.values()) {
        for (const { length } of [group.key, ...group.forms.map((form) => form.folded)].filter((known) => folded.startsWith(known))) {
          if (length >= least && length > longest) [longest, best] = [length, group];
        }
      }
      return best;
    };

    // Everything a word finds: where it stands, what that is worth, and how it is told apart in a text.
    const find = async (word, isOpen, deep = true) => {
      const folded = fold(word);
      const groups = await near(folded, isOpen);
      const found = { hits: [], marks: new Set(), inside: [], open: "", instead: "", exact: false, common: 0, parts: [] };
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

      if (!found.exact) found.parts = await split();
      // A compound nobody wrote yet: its last part must be a word, and so must what stands before it.
      async function split() {
        if (folded.length < 8) return [];
        const firsts = await beginningLike(folded);
        for (let at = 4; at <= folded.length - 4; at++) {
          const before = folded.slice(0, at);
          const bare = ["", ...start.links].filter((link) => before.endsWith(link)).map((link) => before.slice(0, before.length - link.length));
          const first = bare.find((rest) => rest.length > 3 && !stops.has(rest) && hasForm(firsts, rest));
          if (!first) continue;
          const last = folded.slice(at);
          const others = await near(last);
          if (hasForm(others, last) || byStem(last, others)) return [first, last];
        }
        return [];
      }

      const isOften = found.hits.some((hit) => hit.exact && hit.places.length > RARE) || found.common;
      if (folded.length > 3 && !isOften && !found.parts.length && !(isOpen && found.hits.length)) await correct();
      // What was typed is nowhere, or hardly anywhere: perhaps only where an author slipped, too.
      async function correct() {
        const known = await vocabulary();
        const most = folded.length > 7 ? 2 : 1;
        const own = known.find((word) => word.folded === folded)?.level ?? 0;
        let best = most + 1, meant = [];
        for (const word of known) {
          // Beside a word that is somewhere, only one that is far more common is what was meant.
          if (word.folded === folded || (found.exact && word.level < own + 2)) continue;
          const apart = distance(folded, word.folded, best > most ? most : best);
          if (apart < best) [best, meant] = [apart, []];
          if (apart === best && apart <= most) meant.push(word);
        }
        // A compound that ends in what was typed is nearer than a word with two other letters.
        if (best > 1 && !found.hits.length) {
          const ends = known.filter((word) => {
            const at = word.folded.lastIndexOf(folded);
            return at > 2 && word.folded.length - at - folded.length < 4;
          });
          ends.sort((a, b) => b.level - a.level);
          for (const word of ends.slice(0, 4)) await also(word.form, HEAD);
          if (ends.length) return;
        }
        // Another form of what was typed is found already.
        if (meant.some((word) => found.marks.has(word.folded))) return;
        // Few slip in the first letter.
        const rank = (word) => word.level + (word.folded[0] === folded[0] ? 3 : 0);
        meant.sort((a, b) => rank(b) - rank(a));
        for (const word of meant.slice(0, 2)) await also(word.form, SLIP[best]);
        found.instead = meant[0]?.form ?? "";
      }
      return found;
    };

    const hasForm = (groups, folded) => groups.has(folded) || [...groups.values()].some((group) => group.forms.some((form) => form.folded === folded));

    // Where two neighbours are written as one word.
    const findJoined = async ([first, last]) => {
      const hits = [], marks = [];
      for (const link of ["", ...start.links]) {
        const folded = fold(first + link + last);
        if (folded.length > 40) continue;
        for (const group of (await near(folded)).values()) {
          if (!group.forms.some((form) => form.folded === folded)) continue;
          for (const form of group.forms) {
            hits.push({ places: form.places, worth: form.folded === folded ? 1 : SIBLING });
            marks.push(form.folded);
          }
        }
      }
      return { hits, marks };
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
      const { terms, phrases, open, joins } = parse(query, isStop);
      const found = await Promise.all(terms.map((term) => find(term, term === open)));
      for (const pair of joins) {
        const own = pair.map((word) => terms.indexOf(word)).filter((at) => at >= 0);
        const joined = await findJoined(pair);
        for (const at of own) {
          found[at].hits.push(...joined.hits);
          joined.marks.forEach((mark) => found[at].marks.add(mark));
        }
      }
      // A compound that is nowhere asks for both of its parts.
      for (const one of [...found]) {
        if (!one.parts.length || phrases.length) continue;
        const [first, last] = await Promise.all(one.parts.map((part) => find(part, false, false)));
        first.hits.push(...one.hits);
        one.marks.forEach((mark) => first.marks.add(mark));
        found.splice(found.indexOf(one), 1, first, last);
      }
      const gathered = found.map(gather);
      gathered.forEach((pages, term) => (pages.common = found[term].common));
      const weights = gathered.map((pages) => {
        const size = Math.min(start.pages, Math.max(pages.size, pages.common));
        return Math.log(1 + (start.pages - size + 0.5) / (size + 0.5));
      });
      const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
      const results = [];
      // Words in quotes that nowhere follow each other are better than nothing.
      const pages = new Set(gathered.flatMap((pages) => [...pages.keys()]));
      const fitting = [...pages].filter((page) => phrases.every((phrase) => holds(page, phrase, gathered)));
      for (const page of fitting.length ? fitting : pages) {
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
        inTitle = Math.min(inTitle, titleLength);
        score += (8 * whole * inTitle * inTitle) / (titleLength * found.length);
        score *= (share / whole) ** 1.5 * ((pageWeights[page] ?? 100) / 100);
        let best = 0;
        if (inTitle < found.length * 0.9) for (const [section, worth] of sections) if (worth > (sections.get(best) ?? 0) + 1e-9) best = section;
        const others = [...sections].filter(([section, worth]) => section && section !== best && worth > (sections.get(best) ?? 0) * 0.6);
        others.sort((a, b) => b[1] - a[1]);
        results.push({ page, score, section: best, others: others.slice(0, 3).map(([section]) => section), area: start.areas?.[areas[page]] ?? "" });
      }
      results.sort((a, b) => b.score - a.score || a.page - b.page);
      const least = (results[0]?.score ?? 0) * 0.12;
      return {
        terms,
        results: results.filter((result) => result.score > least),
        instead: found.length === terms.length && found.some((one) => one.instead) ? terms.map((term, at) => found[at].instead || term).join(" ") : "",
        // False if what was typed is nowhere, and the results are those of other words.
        exact: found.every((one) => one.exact || !one.instead),
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

    // Some words of a text as they are on the page, from the first one that was looked for: enough of them to be there only once, in one block.
    const quote = (text, isMark) => {
      for (const line of text.split("\n")) {
        const found = [...line.matchAll(WORD)];
        const at = found.findIndex((match) => isMark(match[0]));
        if (at < 0) continue;
        const last = found[Math.min(at + 3, found.length - 1)];
        return line.slice(found[at].index, last.index + last[0].length);
      }
      return "";
    };

    // What a reader sees of results.
    const show = (answer, results) =>
      Promise.all(
        results.map(async ({ page, section, others }) => {
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
            // Other sections in which the words are.
            others: others.flatMap((at) => (sections[at]?.[0] ? [{ url: url + "#" + encodeURIComponent(sections[at][0]), heading: cut(sections[at][1], answer.isMark) }] : [])),
            quote: quote(section && shown === text ? text : "", answer.isMark),
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
