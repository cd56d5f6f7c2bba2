"use strict";

const panel = document.querySelector(".panel");
const body = panel.querySelector(".panel-body");
const busy = panel.querySelector(".busy");
const toastBox = document.querySelector(".toast");
const consent = document.getElementById("consent");
const permissions = document.getElementById("permissions");
const who = new URLSearchParams({ as: document.getElementById("who").value });
let panelId = "";
let toastTimer = 0;

async function post(path, said) {
  const answer = await fetch(`/_host/${path}?${who}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Host-Page": "1" },
    body: JSON.stringify(said),
  });
  if (!answer.ok && answer.status !== 409) throw new Error(`The page's server answered ${answer.status}.`);
  return answer.json();
}

function toast(text) {
  clearTimeout(toastTimer);
  toastBox.textContent = text;
  if (text) toastTimer = setTimeout(() => { toastBox.textContent = ""; }, 8000);
}

/* The side panel */

let queue = Promise.resolve();
function ask(path, said = {}) {
  queue = queue.then(() => askNow(path, said));
  return queue;
}

async function askNow(path, said) {
  busy.hidden = false;
  body.setAttribute("aria-busy", "true");
  try {
    const shown = await post(`panel/${path}`, { panel: panelId, ...said });
    panelId = shown.panel;
    const before = body.querySelector("h3")?.textContent;
    body.innerHTML = shown.html;
    const heading = body.querySelector("h3[tabindex]");
    if (path !== "open") heading?.focus({ preventScroll: true });
    if (heading?.textContent !== before) showTop(path !== "open");
    if (shown.toast) toast(shown.toast);
    if (shown.changed) await refreshMain();
    if (shown.link) follow(shown.link);
    if (shown.dialog) openConsent(shown.dialog);
  } catch (error) {
    toast(error.message);
  } finally {
    busy.hidden = true;
    body.removeAttribute("aria-busy");
  }
}

function showTop(asked) {
  panel.scrollTop = 0;
  if (asked && panel.getBoundingClientRect().top < 0) panel.scrollIntoView();
}

function follow(link) {
  if (!link.url) toast("That link leads nowhere this page can go.");
  else if (link.here) location.assign(link.url);
  else window.open(link.url, "_blank", "noopener");
  if (link.reload) openPanel();
}

function openPanel(more = {}) {
  return ask("open", { host: panel.dataset.host, file: panel.dataset.file, ...more });
}

function filled() {
  const values = {};
  const form = body.querySelector("form");
  if (form) for (const [name, value] of new FormData(form)) (values[name] ??= []).push(value);
  return values;
}

function openConsent(html) {
  consent.innerHTML = html;
  consent.returnValue = "";
  consent.showModal();
}

function ticked(dialog) {
  return [...dialog.querySelectorAll("input[name=scope]:checked")].map((box) => box.value);
}

consent.addEventListener("close", () => {
  if (consent.returnValue === "allow-file") ask("allow-file");
  if (consent.returnValue === "allow-scopes") ask("allow-scopes", { scopes: ticked(consent) });
});

permissions.addEventListener("close", async () => {
  if (permissions.returnValue !== "save") return;
  await post("panel/permissions", { scopes: ticked(permissions) });
  openPanel();
});

panel.addEventListener("submit", (event) => event.preventDefault());
panel.addEventListener("change", (event) => {
  const number = event.target.dataset.change;
  if (number !== undefined) ask("click", { number: Number(number), filled: filled() });
});
panel.addEventListener("click", (event) => {
  const at = event.target.closest("button");
  if (!at) return;
  at.closest(".menu")?.removeAttribute("open");
  if (at.dataset.action !== undefined) ask("click", { number: Number(at.dataset.action), filled: filled() });
  else if (at.dataset.universal !== undefined) ask("menu", { number: Number(at.dataset.universal) });
  else if (at.hasAttribute("data-back")) ask("back");
  else if (at.hasAttribute("data-show-card")) ask("show");
  else if (at.hasAttribute("data-panel-refresh")) openPanel();
  else if (at.hasAttribute("data-permissions")) { permissions.returnValue = ""; permissions.showModal(); }
});
document.addEventListener("keydown", (event) => {
  const menu = panel.querySelector(".menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
});

/* The view in the middle */

let stale = false;
async function refreshMain() {
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  stale = Boolean(document.querySelector("td.editing"));
  if (stale) return;
  const kept = document.activeElement?.closest?.("[data-cell]")?.dataset.cell;
  const scrolled = document.querySelector(".sheet");
  const [top, left] = scrolled ? [scrolled.scrollTop, scrolled.scrollLeft] : [0, 0];
  document.querySelector("main").replaceWith(document.adoptNode(fresh));
  const grid = document.querySelector(".sheet");
  if (grid) { grid.scrollTop = top; grid.scrollLeft = left; readyGrid(kept); }
}

document.getElementById("who").addEventListener("change", (event) => event.target.form.submit());
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-select]")) return;
  const selected = [...document.querySelectorAll("[data-select]:checked")].map((box) => box.dataset.select);
  openPanel({ selected });
});
document.addEventListener("click", (event) => {
  const opened = event.target.closest("[data-event]");
  if (opened) openPanel({ event: opened.dataset.event });
});

/* The grid: one cell has the keyboard; Enter, F2 or typing opens its editor */

const gridOf = (node) => node?.closest?.(".cells");

function readyGrid(address) {
  const cell = (address && document.querySelector(`[data-cell="${address}"]`)) || document.querySelector("[data-cell]");
  if (!cell) return;
  cell.tabIndex = 0;
  if (address) cell.focus({ preventScroll: true });
}

function show(cell) {
  document.querySelector(".formula-address").textContent = cell.dataset.cell;
  document.querySelector(".formula-value").textContent = cell.dataset.entered;
  document.querySelector(".formula-note").textContent = cell.dataset.note || "";
  if (cell.dataset.note) cell.setAttribute("aria-describedby", "cell-note");
}

function move(cell, rows, columns) {
  const row = cell.parentElement;
  const at = [...row.children].indexOf(cell) + columns;
  let line = row;
  for (let left = Math.abs(rows); left > 0 && line; left -= 1) line = rows > 0 ? line.nextElementSibling : line.previousElementSibling;
  const next = line?.children[at];
  if (next?.dataset.cell) next.focus();
}

async function write(cell, value) {
  const grid = gridOf(cell);
  const answer = await post("cell", { file: grid.dataset.file, title: grid.dataset.title, address: cell.dataset.cell, value });
  if (answer.problem) toast(answer.problem);
  await refreshMain();
}

function editor(cell, first) {
  const choices = JSON.parse(document.getElementById("choices").textContent)[cell.dataset.choices];
  if (choices && cell.hasAttribute("data-strict")) {
    const list = document.createElement("select");
    const now = cell.dataset.entered;
    for (const text of ["", ...choices, ...(now && !choices.includes(now) ? [now] : [])]) list.add(new Option(text || "(empty)", text, false, text === now));
    return list;
  }
  const input = document.createElement("input");
  input.value = first ?? cell.dataset.entered;
  if (choices) {
    const list = document.createElement("datalist");
    list.id = "cell-choices";
    for (const text of choices) list.append(new Option(text, text));
    cell.append(list);
    input.setAttribute("list", list.id);
  }
  return input;
}

function edit(cell, first) {
  if (!gridOf(cell).hasAttribute("data-editable") || cell.classList.contains("editing")) return;
  const box = cell.querySelector("input[type=checkbox]");
  if (box) { box.click(); return; }
  const before = cell.innerHTML;
  cell.textContent = "";
  cell.classList.add("editing");
  const input = editor(cell, first);
  input.setAttribute("aria-label", `Cell ${cell.dataset.cell}`);
  if (cell.dataset.note) input.setAttribute("aria-describedby", "cell-note");
  cell.append(input);
  input.focus();
  let done = false;
  const finish = (keep, rows = 0, columns = 0) => {
    if (done) return;
    done = true;
    const changed = keep && input.value !== cell.dataset.entered;
    cell.classList.remove("editing");
    cell.innerHTML = before;
    cell.focus();
    if (rows || columns) move(cell, rows, columns);
    if (changed) write(cell, input.value).catch((error) => toast(error.message));
    else if (stale) refreshMain();
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") finish(true, 1, 0);
    else if (event.key === "Tab") { event.preventDefault(); finish(true, 0, event.shiftKey ? -1 : 1); }
    else if (event.key === "Escape") finish(false);
  });
  if (input.tagName === "SELECT") input.addEventListener("change", () => finish(true));
  input.addEventListener("blur", () => finish(true));
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
document.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!cell.dataset?.cell || event.ctrlKey || event.metaKey || event.altKey) return;
  if (ARROWS[event.key]) move(cell, ...ARROWS[event.key]);
  else if (event.key === "Enter" && cell.querySelector("a")) cell.querySelector("a").click();
  else if (event.key === "Enter" || event.key === "F2") edit(cell);
  else if (event.key === " " && cell.querySelector("input[type=checkbox]")) edit(cell);
  else if (event.key === "Delete" || event.key === "Backspace") { if (gridOf(cell).hasAttribute("data-editable")) write(cell, ""); }
  else if (event.key.length === 1) edit(cell, event.key);
  else return;
  event.preventDefault();
});
document.addEventListener("focusin", (event) => {
  const cell = event.target.closest?.("[data-cell]");
  if (!cell) return;
  document.querySelectorAll('[data-cell][tabindex="0"]').forEach((other) => { other.tabIndex = -1; });
  cell.tabIndex = 0;
  show(cell);
});
document.addEventListener("dblclick", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (cell) edit(cell);
});
document.addEventListener("change", (event) => {
  const cell = event.target.matches("td > input[type=checkbox]") && event.target.closest("[data-cell]");
  if (cell) write(cell, event.target.checked).catch((error) => toast(error.message));
});

readyGrid();
openPanel();
