"use strict";
for (const article of document.querySelectorAll("article")) {
  const text = article.querySelector(".text");
  const panel = article.querySelector("aside");
  const pieces = [...text.querySelectorAll("mark")].map((mark) => ({
    mark,
    links: mark.dataset.m.split(" ").map((link) => link.split(".")),
  }));
  const rows = new Map([...panel.querySelectorAll("[data-r]")].map((row) => [row.dataset.r, row]));
  const idOf = (event) => event.target.closest("[data-r]")?.dataset.r ?? kept;
  let kept = null;

  function show(id) {
    text.classList.toggle("picking", id !== null);
    for (const { mark, links } of pieces) {
      mark.className = mark.className.replace(/(^| )on(-\w+)?(?= |$)/g, "");
      for (const [row, role] of links) if (row === id) mark.classList.add("on", "on-" + role);
    }
    for (const [row, item] of rows) item.classList.toggle("on", row === id);
  }

  function keep(id) {
    kept = id === kept ? null : id;
    for (const [row, item] of rows) {
      item.classList.toggle("kept", row === kept);
      item.querySelector("a").ariaCurrent = row === kept ? "true" : null;
    }
    show(kept);
  }

  panel.addEventListener("mouseover", (event) => show(idOf(event)));
  panel.addEventListener("mouseleave", () => show(kept));
  panel.addEventListener("focusin", (event) => show(idOf(event)));
  panel.addEventListener("focusout", () => show(kept));
  panel.addEventListener("click", (event) => {
    const row = event.target.closest("[data-r]");
    if (!row) return;
    event.preventDefault();
    keep(row.dataset.r);
    if (kept) document.getElementById(row.querySelector("a").hash.slice(1))?.scrollIntoView({ block: "nearest" });
  });
  text.addEventListener("click", (event) => {
    const piece = pieces.find(({ mark }) => mark === event.target.closest("mark"));
    if (!piece) return;
    const ids = [...new Set(piece.links.map(([row]) => row))];
    const id = ids[(ids.indexOf(kept) + 1) % ids.length];
    keep(id);
    rows.get(id).closest("details").open = true;
    rows.get(id).scrollIntoView({ block: "nearest" });
  });
  const asked = panel.querySelector("[data-asked]");
  if (asked) {
    keep(asked.dataset.r);
    asked.scrollIntoView({ block: "nearest" });
    const place = document.getElementById(asked.querySelector("a").hash.slice(1));
    place?.scrollIntoView({ block: "center" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && kept) keep(kept);
  });
}
