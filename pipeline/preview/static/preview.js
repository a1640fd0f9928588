// Beside a page in the preview: loads it anew when there is another one, and shows problems over it.
// Its look is in a style sheet made by script, in a tree of its own: the page's policy lets no other
// style through, and neither touches the other.
const { slug, page } = document.currentScript.dataset;
const scrollKey = `briefwright-scroll:${slug}`;
const look = `
:host { all: initial; }
@media print { :host { display: none; } }
* { box-sizing: border-box; }
.problems, .bar { position: fixed; z-index: 2147483647; inset-inline: 0; bottom: 0; color-scheme: only light;
  font: 16px/1.5 system-ui, sans-serif; color: #1a1f26; text-align: start; direction: ltr; }
.problems { max-height: 60vh; display: flex; flex-direction: column; background: #fff; border-top: 6px solid #a3131d;
  box-shadow: 0 -4px 24px rgb(0 0 0 / .35); padding: 12px 20px 16px; }
.problems.warnings { border-color: #7a5200; }
.head { display: flex; gap: 16px; align-items: baseline; justify-content: space-between; flex-wrap: wrap; }
h2 { font-size: 18px; margin: 0 0 8px; color: #a3131d; }
.warnings h2 { color: #7a5200; }
.list { overflow: auto; }
ol { margin: 0; padding: 0; list-style: none; }
li { padding: 8px 0; border-top: 1px solid #b9c4c8; overflow-wrap: anywhere; }
p { margin: 0; }
code { font: 14px/1.5 ui-monospace, monospace; }
.hint { color: #3f4851; }
.bar { inset-inline: auto 16px; bottom: 16px; }
button { font: inherit; color: #fff; background: #1a1f26; border: 2px solid #fff; border-radius: 4px; min-height: 32px;
  padding: 2px 14px; cursor: pointer; }
button:focus-visible, .list:focus-visible { outline: 3px solid #0b5563; outline-offset: 2px; }
[hidden] { display: none; }
.away { background: #1a1f26; color: #fff; border: 2px solid #fff; border-radius: 4px; padding: 2px 14px; margin: 0 0 8px; }
`;

const host = document.createElement("div");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(look);
root.adoptedStyleSheets = [sheet];
host.lang = "en";
host.dir = "ltr";
document.body.prepend(host);  // First for the keyboard; it stands at the foot of the window.

const alarm = make("div", { role: "alert" });
const title = make("h2", { id: "title" });
alarm.append(title);
const hide = make("button", { type: "button" }, "Hide (Esc)");
const head = make("div", { className: "head" });
head.append(alarm, hide);
const items = make("ol");
const list = make("div", { className: "list", tabIndex: 0, role: "group", ariaLabel: "Problems" });
list.append(items);
const panel = make("section", { className: "problems", hidden: true, ariaLabel: "Problems of this brief" });
panel.append(head, list);
const again = make("button", { type: "button", hidden: true });
const away = make("p", { className: "away", role: "status", hidden: true });
const bar = make("div", { className: "bar" });
bar.append(away, again);
root.append(panel, bar);

hide.addEventListener("click", () => set(false));
again.addEventListener("click", () => set(true));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) {
    set(false);
  }
});

// Where one was reading, before the page was loaded anew.
const kept = sessionStorage.getItem(scrollKey);
if (kept !== null) {
  sessionStorage.removeItem(scrollKey);
  const restore = () => scrollTo({ top: Number(kept), behavior: "instant" });
  restore();
  addEventListener("load", restore, { once: true });
}

let shown = "";
const events = new EventSource(`/-/events/${slug}`);
events.onopen = () => { away.hidden = true; };
events.onerror = () => {
  away.textContent = "The preview has ended: run make watch";
  away.hidden = false;
};
events.onmessage = ({ data }) => {
  const state = JSON.parse(data);
  if (state.page && state.page !== page) {
    events.close();
    sessionStorage.setItem(scrollKey, String(scrollY));
    location.reload();
    return;
  }
  show(state.problems ?? []);
};

function show(problems) {
  const next = JSON.stringify(problems);
  if (next === shown) {
    return;
  }
  shown = next;
  const wrong = problems.filter(({ severity }) => severity === "error").length;
  const kind = wrong > 0 ? "problem" : "warning";
  const number = wrong > 0 ? wrong : problems.length;
  const counted = `${number} ${kind}${number === 1 ? "" : "s"}`;
  title.textContent = wrong > 0 ? `${counted}: the page behind is the last good one` : counted;
  again.textContent = `Show ${counted}`;
  panel.classList.toggle("warnings", wrong === 0);
  items.replaceChildren(...problems.map(line));
  if (problems.length === 0) {
    panel.hidden = again.hidden = true;
    title.textContent = "";
  } else {
    panel.hidden = wrong === 0;
    again.hidden = wrong > 0;
  }
}

function line({ place, severity, code, message, hint }) {
  const item = make("li");
  const what = make("p", {}, `${severity}: ${message} `);
  what.append(make("code", {}, `[${code}]`));
  item.append(make("code", {}, place), what, make("p", { className: "hint" }, hint));
  return item;
}

function set(open) {
  panel.hidden = !open;
  again.hidden = open;
  (open ? hide : again).focus();
}

function make(name, properties = {}, text = "") {
  const made = Object.assign(document.createElement(name), properties);
  if (text) {
    made.textContent = text;
  }
  return made;
}
