"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const main = get("findings"), tools = get("tools"), body = document.body.dataset;
  const cards = [...main.querySelectorAll(".f")];
  const filters = { s: get("s"), r: get("r"), p: get("p"), q: get("q") };
  const key = { mark: (c) => c.dataset.m, listing: (c) => c.dataset.l, picture: (c) => c.dataset.i || body.none };
  let grouped = "mark";

  for (const site of [...new Set(cards.map((c) => c.dataset.p))].sort()) {
    filters.p.append(new Option(site, site));
  }

  const regroup = (by) => {
    if (by === grouped) return;
    grouped = by;
    const sections = new Map();
    for (const card of cards) {
      const name = key[by](card);
      if (!sections.has(name)) sections.set(name, []);
      sections.get(name).push(card);
    }
    main.replaceChildren(...[...sections].map(([name, held]) => {
      const section = document.createElement("section"), head = document.createElement("h2");
      section.className = "g";
      head.dir = "auto";
      head.textContent = name;
      section.append(head, ...held);
      return section;
    }));
  };

  const shown = () => {
    const wanted = filters.q.value.trim().toLowerCase();
    let n = 0;
    for (const c of cards) {
      const fits = (!filters.s.value || c.dataset.s === filters.s.value) && (!filters.r.value || c.dataset.r === filters.r.value)
        && (!filters.p.value || c.dataset.p === filters.p.value) && (!wanted || c.textContent.toLowerCase().includes(wanted));
      c.hidden = !fits;
      n += fits;
    }
    for (const g of main.querySelectorAll(".g")) g.hidden = !g.querySelector(".f:not([hidden])");
    get("count").textContent = body.count.replace("{n}", n).replace("{all}", cards.length);
  };

  const write = (at) => {
    const state = new URLSearchParams();
    for (const [name, field] of Object.entries(filters)) if (field.value) state.set(name, field.value);
    if (get("by").value !== "mark") state.set("by", get("by").value);
    if (at) state.set("f", at);
    return "#" + state;
  };

  const read = () => {
    const hash = decodeURI(location.hash.slice(1));
    if (/^f\d+$/.test(hash)) { reveal(get(hash)); return; }
    if (/^rule-/.test(hash)) { const page = get(hash); if (page) { page.open = true; page.scrollIntoView(); } return; }
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [name, field] of Object.entries(filters)) field.value = state.get(name) || "";
    get("by").value = state.get("by") || "mark";
    regroup(get("by").value);
    shown();
    if (state.get("f")) reveal(get(state.get("f")));
  };

  const reveal = (card) => {
    if (!card || !card.classList.contains("f")) return;
    if (card.hidden) { for (const f of Object.values(filters)) f.value = ""; shown(); }
    card.open = true;
    card.scrollIntoView({ block: "start" });
    card.querySelector("summary").focus();
  };

  const changed = () => {
    regroup(get("by").value);
    shown();
    history.replaceState(null, "", write());
  };

  const step = (list, current, by) => {
    if (!list.length) return;
    const at = list.indexOf(current);
    const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
    const target = next.matches(".g") ? next.querySelector(".f:not([hidden]) summary") : next.querySelector("summary");
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  };

  const visible = () => [...main.querySelectorAll(".f:not([hidden])")];
  const here = () => document.activeElement.closest(".f");
  const copy = () => {
    const card = here();
    if (!card) return;
    history.replaceState(null, "", write(card.id));
    if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(() => { get("count").textContent = body.copied; }, () => {});
  };
  const keys = {
    j: () => step(visible(), here(), 1),
    k: () => step(visible(), here(), -1),
    n: () => step([...main.querySelectorAll(".g:not([hidden])")], here() && here().closest(".g"), 1),
    p: () => step([...main.querySelectorAll(".g:not([hidden])")], here() && here().closest(".g"), -1),
    "/": () => filters.q.focus(),
    c: copy,
    "?": () => get("help").showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === filters.q) { filters.q.blur(); return; }
    if (!get("keys").checked || event.ctrlKey || event.metaKey || event.altKey || get("help").open) return;
    if (event.target.matches("input, select, textarea")) return;
    const action = keys[event.key];
    if (action) { event.preventDefault(); action(); }
  });
  for (const field of [...Object.values(filters), get("by")]) field.addEventListener("input", changed);
  tools.addEventListener("submit", (event) => event.preventDefault());
  get("open").addEventListener("click", () => { for (const c of visible()) c.open = true; });
  get("shut").addEventListener("click", () => { for (const c of cards) c.open = false; });
  get("ask").addEventListener("click", keys["?"]);
  addEventListener("hashchange", read);
  addEventListener("beforeprint", () => { for (const c of visible()) c.open = true; });
  tools.hidden = false;
  read();
  if (!get("count").textContent) shown();
})();
