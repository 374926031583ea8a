"use strict";
// The review page. Every text of a report is set with textContent; nothing of it is ever taken for markup.
(() => {
  const ROW = 60, STEP = 100, BEYOND = 8, LOOK_AGAIN = 3000;
  const $ = id => document.getElementById(id);
  let words = {ui: {}}, state = null, total = 0, at = -1, cause = null, shown = null, version = -1, asking = 0;
  const rows = new Map(), coming = new Set(), mine = [];
  const kept = {scope: "cause", reason: "", author: null, expires: "", mark: true, listing: false};

  const say = (key, params = {}) => (words.ui[key] ?? key).replace(/{(\w+)}/g, (whole, name) => name in params ? String(params[name]) : whole);
  const word = (table, key) => words[table]?.[key] ?? String(key ?? "").replaceAll("_", " ");
  function el(tag, told = {}, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(told)) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "text") made.textContent = value;
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (key in made && key !== "role" && !key.startsWith("aria")) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter(c => c !== null && c !== undefined));
    return made;
  }
  async function ask(path, body) {
    const told = body === undefined ? {} : {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)};
    let answer;
    try { answer = await fetch(path, told); } catch { note(say("unreachable")); throw new Error("unreachable"); }
    const value = await answer.json();
    if (!answer.ok) { const error = new Error(value.error?.message ?? answer.status); error.status = answer.status; throw error; }
    return value;
  }
  function note(text) { $("said").textContent = text; clearTimeout(note.timer); note.timer = setTimeout(() => { $("said").textContent = ""; }, 6000); }

  // ---- words and frame
  async function speak(tag) {
    words = await ask("words?lang=" + encodeURIComponent(tag ?? ""));
    document.documentElement.lang = words.lang;
    document.title = say("title");
    for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
    $("language").replaceChildren(...words.languages.map(l => el("option", {value: l, text: {en: "English", "zh-Hans": "简体中文"}[l] ?? l, selected: l === words.lang})));
    choose("severity", ["high", "medium", "low"].map(s => [s, word("values", s)]));
    choose("rule", Object.entries(words.rules).map(([rule, name]) => [rule, rule + " " + name]));
    frame();
    draw();
    if (shown) detail();
  }
  function choose(id, options) {
    const before = $(id).value;
    $(id).replaceChildren(el("option", {value: "", text: say("any")}), ...options.map(([value, text]) => el("option", {value, text})));
    $(id).value = before;
  }
  function frame() {
    if (!state) return;
    $("progress").textContent = say("progress", {open: state.open, findings: state.findings});
    const notes = [];
    if (state.faults.length) notes.push(el("details", {}, el("summary", {className: "loud", text: say("faults") + " (" + state.faults.length + ")"}), el("ul", {}, ...state.faults.map(f => el("li", {text: f})))));
    if (state.lacking) notes.push(el("p", {className: "loud", text: say(state.lacking.phrase, state.lacking.params)}));
    if (state.lists.changed.length) notes.push(el("p", {className: "loud", text: say("lists-changed", {names: state.lists.changed.join(", ")})}));
    if (state.lists.missing.length) notes.push(el("p", {className: "loud", text: say("lists-missing", {names: state.lists.missing.join(", ")})}));
    if (state.baselined) notes.push(el("p", {className: "quiet", text: say("baselined", {n: state.baselined})}));
    if (state.texts.ready && !state.texts.found && state.findings) notes.push(el("p", {className: "quiet", text: say("texts-missing")}));
    $("notes").replaceChildren(...notes);
  }
  async function look(first) {
    const now = await ask("state");
    const changed = now.version !== version || now.texts.ready !== state?.texts.ready;
    const foreign = version !== -1 && now.version !== version && !first;
    state = now;
    frame();
    if (changed) {
      version = now.version;
      await reload();
      if (foreign) note(say("others-decided"));
    }
  }

  // ---- queue: only the rows that are seen are there
  const query = start => {
    const told = new URLSearchParams({show: $("show").value, severity: $("severity").value, rule: $("rule").value, q: $("q").value, start, n: STEP});
    return "queue?" + told;
  };
  async function reload() {
    const wanted = at;
    asking++;
    rows.clear(); coming.clear();
    await load(Math.floor(Math.max(0, wanted) / STEP));
    if (!total) { at = -1; cause = null; shown = null; nothing(); draw(); return; }
    const same = [...rows].find(([, r]) => r.cause === cause)?.[0];
    await select(same ?? Math.min(Math.max(0, wanted), total - 1), false);
  }
  async function load(block) {
    if (coming.has(block)) return;
    coming.add(block);
    const mark = asking;
    const found = await ask(query(block * STEP));
    if (mark !== asking) return;
    total = found.total;
    found.rows.forEach((row, n) => rows.set(block * STEP + n, row));
    $("rows").textContent = say("rows", {n: total});
    draw();
  }
  function draw() {
    const box = $("queue"), first = Math.max(0, Math.floor(box.scrollTop / ROW) - BEYOND);
    const last = Math.min(total, Math.ceil((box.scrollTop + box.clientHeight) / ROW) + BEYOND);
    $("room").style.height = total * ROW + "px";
    const made = [];
    for (let n = first; n < last; n++) {
      const row = rows.get(n);
      if (!row) load(Math.floor(n / STEP)).catch(() => {});
      made.push(line(n, row));
    }
    $("room").replaceChildren(...made);
    if (at >= 0) box.setAttribute("aria-activedescendant", "row" + at); else box.removeAttribute("aria-activedescendant");
  }
  function line(n, row) {
    const made = el("div", {id: "row" + n, role: "option", className: "row " + (row?.severity ?? ""), "aria-selected": String(n === at), "aria-setsize": total, "aria-posinset": n + 1, onclick: () => select(n, true)});
    made.style.top = n * ROW + "px";
    if (!row) { made.append(el("span", {text: say("loading")})); return made; }
    const decided = row.decisions.length ? " · ✓" : "";
    made.append(el("b", {dir: "auto", text: row.name}), el("span", {}, el("i", {className: "s", text: word("values", row.severity)}),
      document.createTextNode(" · " + row.rule + " · " + word("values", row.use) + " · " + say("listings", {n: row.listings}) + decided)));
    return made;
  }
  async function select(n, focus) {
    if (n < 0 || n >= total) return;
    at = n;
    const box = $("queue"), top = n * ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
    draw();
    if (!rows.get(n)) { coming.delete(Math.floor(n / STEP)); await load(Math.floor(n / STEP)); }
    const row = rows.get(n);
    if (!row) return;
    const wanted = cause = row.cause;
    const found = await ask("cause/" + encodeURIComponent(wanted));
    if (wanted !== cause) return;
    shown = found;
    detail();
    if (focus) box.focus();
  }

  // ---- one finding
  function nothing() { $("finding").replaceChildren(el("p", {text: say("none")}), el("p", {className: "quiet", text: say("none-hint")})); }
  function detail() {
    const f = shown;
    $("finding").replaceChildren(
      el("h2", {}, el("span", {className: "s " + f.severity, text: word("values", f.severity)}), document.createTextNode(" "), el("bdi", {text: f.name}), document.createTextNode(f.owner ? " (" + f.owner + ")" : "")),
      el("p", {dir: "auto", text: f.message}),
      el("p", {className: "quiet", text: [f.rule + " " + word("rules", f.rule), word("values", f.use), say("open-of", {open: f.open, n: f.findings}), say("listings", {n: f.listings})].join(" · ")}),
      ...[form(), held(), places(), rights(), rewrites(), advice(), rulePage()].filter(Boolean));
    $("finding").scrollTop = 0;
  }
  function places() {
    const box = el("section", {}, el("h2", {text: say("places")}), ...shown.items.map(item));
    if (shown.start + shown.items.length < shown.findings) box.append(el("button", {type: "button", text: say("more"), onclick: async () => {
      const from = shown.items.length, more = await ask("cause/" + encodeURIComponent(cause) + "?start=" + from);
      shown.items.push(...more.items);
      detail();
    }}));
    return box;
  }
  function item(one) {
    return el("div", {className: "card"},
      el("p", {className: "quiet"}, el("bdi", {text: one.listing}), document.createTextNode([one.site, one.file + (one.row ? ":" + one.row : "")].filter(Boolean).map(t => " · " + t).join(""))),
      ...one.places.flatMap(place));
  }
  function place(p) {
    const field = word("fields", p.field) + (p.name ? " " + p.name : ["bullets", "image"].includes(p.field) ? " " + (p.index + 1) : "");
    const line = el("p", {}, el("span", {className: "quiet", text: field + ": "}));
    if (p.text) line.append(el("q", {dir: "auto"}, document.createTextNode(p.before), el("mark", {text: p.text}), document.createTextNode(p.after)));
    if (p.steps.length) line.append(el("span", {className: "quiet", text: " (" + p.steps.map(s => word("steps", s)).join(", ") + ")"}));
    const out = [line];
    if (p.field !== "image" && !p.whole && state?.texts.ready) out.push(el("p", {className: "quiet", text: say("sentence-missing")}));
    if (p.picture && p.path) out.push(picture(p));
    return out;
  }
  function picture(p) {
    const box = el("div", {});
    const about = [p.path, p.known && p.known + (p.score ? " " + Math.round(p.score * 100) + " %" : ""), p.alteration && p.alteration !== "none" ? p.alteration : ""].filter(Boolean).join(" · ");
    box.append(el("p", {className: "quiet", text: about}));
    const gone = () => box.replaceChildren(el("p", {className: "quiet", text: say("picture-missing") + " " + about}));
    const yours = el("img", {src: p.picture, alt: say("yours") + ": " + p.path, onerror: gone});
    if (!p.beside) { yours.className = "plain"; box.append(yours); return box; }
    const theirs = el("img", {src: p.beside, alt: say("theirs") + ": " + p.known, onerror: gone});
    const slider = el("input", {type: "range", min: 0, max: 100, value: 50, "aria-label": say("slider"), oninput: () => cut()});
    const cut = () => { theirs.style.clipPath = "inset(0 0 0 " + slider.value + "%)"; };
    cut();
    box.append(el("div", {className: "pair"}, yours, theirs), slider, el("p", {className: "quiet", text: say("yours") + " ↔ " + say("theirs")}));
    return box;
  }
  function rights() {
    const box = el("section", {}, el("h2", {text: say("rights")}));
    if (!shown.rights.length) { box.append(el("p", {className: "quiet", text: say("no-rights")})); return box; }
    for (const r of shown.rights) {
      const line = el("p", {}, el("b", {text: [r.office, r.number].filter(Boolean).join(" ") + (r.classes.length ? " [" + r.classes.join(" ") + "]" : "") + " "}),
        document.createTextNode(Object.entries(r.answers).map(([k, v]) => say(k) + ": " + word("values", v)).join(" · ") + " "));
      if (r.address) line.append(el("a", {href: r.address, target: "_blank", rel: "noopener noreferrer", text: say("register")}));
      box.append(el("div", {className: "card"}, line, el("ul", {}, ...r.because.map(b => el("li", {text: b})))));
    }
    return box;
  }
  function rewrites() {
    const found = new Map(shown.items.flatMap(i => i.rewrites).map(w => [w.id, w]));
    if (!found.size) return null;
    const box = el("section", {}, el("h2", {text: say("rewrite")}));
    const how = el("p", {className: "quiet"});
    const buttons = new Map();
    const tell = accepted => {
      for (const [id, b] of buttons) { b.textContent = say(accepted.includes(id) ? "accepted" : "accept"); b.setAttribute("aria-pressed", String(accepted.includes(id))); }
      how.textContent = accepted.length ? say("accepted-how", {ids: accepted.map(i => "--accept " + i).join(" ")}) : "";
    };
    for (const [id, w] of found) {
      const b = el("button", {type: "button", text: say("accept"), onclick: async () => {
        try { tell((await ask("accept", {id, cause, take: b.getAttribute("aria-pressed") !== "true"})).accepted); } catch (e) { note(say("not-written", {why: e.message})); }
      }});
      buttons.set(id, b);
      box.append(el("div", {className: "card"}, el("p", {}, el("span", {className: "quiet", text: word("fields", w.field) + ": "}), el("q", {dir: "auto", text: w.before})), el("p", {className: "do"}, el("q", {dir: "auto", text: w.after})), b));
    }
    box.append(how);
    ask("accepted").then(a => tell(a.accepted)).catch(() => {});
    return box;
  }
  function advice() { return shown.advice.length ? el("section", {}, el("h2", {text: say("advice")}), ...shown.advice.map(a => el("p", {className: "do", text: a}))) : null; }
  function rulePage() {
    const text = el("pre", {});
    const rule = shown.rule;
    const box = el("details", {ontoggle: async () => { if (box.open && !text.textContent) text.textContent = (await ask("rule/" + rule + "?lang=" + words.lang)).page; }}, el("summary", {text: say("rule-page") + ": " + rule}), text);
    return box;
  }
  function held() {
    if (!shown.held.length) return null;
    return el("section", {}, el("h2", {text: say("held")}), ...shown.held.map(d => el("div", {className: "card"},
      el("p", {dir: "auto", text: say("held-line", {status: named(d.status), author: d.author, date: d.date, reason: d.reason})}),
      d.ended ? el("p", {className: "loud", text: say("ended-" + d.ended)}) : null,
      el("p", {className: "quiet", text: [d.id, d.expires && say("held-expires", {day: d.expires}), d.until?.length && say("held-until", {what: d.until.join(", ")})].filter(Boolean).join(" · ")}),
      el("button", {type: "button", text: say("take-back"), onclick: () => takeBack(d.id)}))));
  }
  const named = status => say("choice-" + String(status ?? "").replaceAll(" ", "-"));

  // ---- deciding
  function form() {
    const scopes = [["cause", say("scope-cause", {n: shown.listings})], ["listing", say("scope-listing")], ["pattern", say("scope-pattern")], ["mark", say("scope-mark")]];
    const which = el("select", {}, ...[...new Set(shown.items.map(i => i.id))].map(id => el("option", {value: id, text: id})));
    const pattern = el("input", {type: "text", value: shown.items[0]?.id ?? ""});
    const whichLine = el("label", {className: "line", hidden: kept.scope !== "listing"}, el("span", {text: say("which-listing")}), which);
    const patternLine = el("label", {className: "line", hidden: kept.scope !== "pattern"}, el("span", {text: say("which-pattern")}), pattern);
    const radios = scopes.map(([value, text]) => el("label", {}, el("input", {type: "radio", name: "scope", value, checked: kept.scope === value, onchange: () => {
      kept.scope = value; whichLine.hidden = value !== "listing"; patternLine.hidden = value !== "pattern";
    }}), document.createTextNode(" " + text)));
    const reason = el("input", {type: "text", id: "reason", value: kept.reason, oninput: e => { kept.reason = e.target.value; }});
    const author = el("input", {type: "text", id: "author", value: kept.author ?? state?.author ?? "", oninput: e => { kept.author = e.target.value; }});
    const expires = el("input", {type: "date", id: "expires", value: kept.expires, title: say("expires-hint"), onchange: e => { kept.expires = e.target.value; }});
    const mark = el("input", {type: "checkbox", checked: kept.mark && shown.can_follow_mark, disabled: !shown.can_follow_mark, onchange: e => { kept.mark = e.target.checked; }});
    const listing = el("input", {type: "checkbox", checked: kept.listing, onchange: e => { kept.listing = e.target.checked; }});
    form.listing = () => kept.scope === "listing" ? which.value : kept.scope === "pattern" ? pattern.value : "";
    return el("section", {id: "decide", "aria-labelledby": "decide-title"}, el("h2", {id: "decide-title", text: say("decide")}),
      el("fieldset", {}, el("legend", {text: say("scope")}), ...radios, whichLine, patternLine),
      el("div", {className: "line"}, el("label", {}, document.createTextNode(say("reason") + " "), reason), el("label", {}, document.createTextNode(say("author") + " "), author), el("label", {}, document.createTextNode(say("expires") + " "), expires)),
      el("div", {className: "line"}, el("label", {}, mark, document.createTextNode(" " + say(shown.can_follow_mark ? "until-mark" : "until-mark-missing"))), el("label", {}, listing, document.createTextNode(" " + say("until-listing")))),
      el("div", {className: "choices"}, ...(state?.choices ?? []).map((status, n) => el("button", {type: "button", text: (n + 1) + " " + named(status), onclick: () => decide(status)}))));
  }
  let deciding = false;
  async function decide(status) {
    if (!shown || deciding || shown.cause !== cause) return;  // what is decided on is what is seen
    deciding = true;
    try {
      const made = await ask("decide", {cause, status, scope: kept.scope, listing: form.listing(), reason: kept.reason, author: kept.author ?? state.author, expires: kept.expires, until_mark: kept.mark, until_listing: kept.listing});
      mine.push(made.id);
      cause = null;
      await look(true);
      note(say("decided", {status: named(status)}));
    } catch (e) {
      note(e.status === 409 ? say("taken") : e.status === 503 ? say("not-written", {why: e.message}) : say("refused", {why: e.message}));
      if (e.status === 409) await look(true).catch(() => {});
    } finally { deciding = false; }
  }
  async function takeBack(id) {
    try { await ask("undo", {id}); note(say("undone")); } catch (e) { note(say("refused", {why: e.message})); }
    const n = mine.indexOf(id);
    if (n >= 0) mine.splice(n, 1);
    await look(true);
  }
  function undo() { if (mine.length) takeBack(mine[mine.length - 1]); else note(say("nothing-to-undo")); }

  // ---- keys
  const typing = t => t.matches?.("input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select");
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || !$("keys-on").checked) return;
    if (e.key === "Escape" && typing(e.target)) { e.target.blur(); $("queue").focus(); return; }
    if (typing(e.target) || $("keys").open) return;
    const act = {j: () => select(at + 1, true), k: () => select(at - 1, true), u: undo, "/": () => $("q").focus(), "?": () => $("keys").showModal()}[e.key];
    if (act) { e.preventDefault(); act(); return; }
    if (/^[1-6]$/.test(e.key) && state) { e.preventDefault(); decide(state.choices[e.key - 1]); }
  });
  $("queue").addEventListener("keydown", e => {
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: total - 1, PageDown: Math.min(total - 1, at + 10), PageUp: Math.max(0, at - 10)}[e.key];
    if (to !== undefined) { e.preventDefault(); select(to, true); }
  });
  $("queue").addEventListener("scroll", draw);
  addEventListener("resize", draw);
  $("ask").addEventListener("click", () => $("keys").showModal());
  $("undo").addEventListener("click", undo);
  $("language").addEventListener("change", e => speak(e.target.value));
  $("tools").addEventListener("submit", e => e.preventDefault());
  for (const id of ["show", "severity", "rule"]) $(id).addEventListener("change", () => { cause = null; at = 0; reload(); });
  let later;
  $("q").addEventListener("input", () => { clearTimeout(later); later = setTimeout(() => { cause = null; at = 0; reload(); }, 150); });
  speak(document.documentElement.lang).then(() => look(true)).then(() => { document.body.dataset.ready = "yes"; });
  setInterval(() => { if (!deciding) look(false).catch(() => {}); }, LOOK_AGAIN);
})();
