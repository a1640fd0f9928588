// Keeps the list of briefs up to date: rows that changed are replaced, and focus stays where it was.
const events = new EventSource("/-/events");
let asking = Promise.resolve();

events.onmessage = () => {
  asking = asking.then(refresh).catch(() => {});  // Where the server has ended, the stream opens again with it.
};

async function refresh() {
  const answer = await fetch("/");
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
  const main = document.getElementById("main");
  if (main.innerHTML === next.innerHTML) {
    return;
  }
  const focused = document.activeElement?.id;
  main.replaceChildren(...next.childNodes);
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}
