"use strict";
(() => {
  const all = (root, query) => [...root.querySelectorAll(query)];

  // The choices of a forest plot: the answers stand in the page, this finds and shows them.
  const svgTag = (name, attributes) => {
    const tag = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) tag.setAttribute(key, value);
    return tag;
  };
  const drawBand = (svg, band) => {
    const group = svg.querySelector(".band");
    const { from, to, top, bottom, sum } = Object.fromEntries(
      Object.entries(svg.dataset).map(([key, value]) => [key, Number(value)]));
    const x = (place) => from + (place / 10000) * (to - from);
    group.replaceChildren();
    const rect = (cls, low, high, y, height) => group.append(
      svgTag("rect", { class: cls, x: x(low), y, width: Math.max(0, x(high) - x(low)), height }));
    const line = (cls, a, y1, b, y2) => group.append(svgTag("path", { class: cls, d: `M${x(a)} ${y1}L${x(b)} ${y2}` }));
    const behind = (cls, low, high) => rect(cls, low, high, top, bottom - top);
    const down = (cls, at) => line(cls, at, top, at, bottom);
    const camps = Array.isArray(band[0]) ? band : [];
    for (const [low, median, high] of camps) {
      behind("wide", low, high);
      down("edge", low);
      down("edge", high);
      down("median", median);
      line("sum", low, sum, high, sum);
      line("median", median, sum - 9, median, sum + 9);
    }
    if (band.length && !camps.length) {
      const [q05, q25, q50, q75, q95] = band;
      behind("wide", q05, q95);
      behind("half", q25, q75);
      down("edge", q05);
      down("edge", q95);
      down("median", q50);
      line("sum", q05, sum, q95, sum);
      rect("sumbox", q25, q75, sum - 6, 12);
      line("median", q50, sum - 9, q50, sum + 9);
    }
  };
  const explore = (root) => {
    const form = root.querySelector("form");
    const { origins, answers, states } = JSON.parse(root.querySelector(".answers").textContent);
    const fields = form.elements;
    const update = () => {
      const named = fields.named.checked, apart = fields.parties.checked;
      const drop = Number(fields.drop.value), date = Number(fields.date.value);
      const at = answers[(date * 4 + (named ? 1 : 0) + (apart ? 2 : 0)) * (origins.length + 1) + drop];
      const state = states[at];
      const words = [];
      if (named) words.push("named origins only");
      if (apart) words.push("without parties");
      if (drop) words.push(`without ${origins[drop - 1]}`);
      if (date) words.push(`as of ${fields.date.selectedOptions[0].text}`);
      const says = state
        ? [`${state[1]}${state[2] ? ` (${state[2]})` : ""}`, state[3]].join("; ")
        : "this combination was not computed";
      const text = words.join(", ");
      root.querySelector(".answer").textContent =
        words.length ? `${text[0].toUpperCase()}${text.slice(1)}: ${says}.` : "";
      root.classList.toggle("stale", !state);
      for (const figure of all(root, ".forest")) {
        figure.hidden = Number(figure.dataset.date) !== date;
        if (figure.hidden) continue;
        for (const row of all(figure, ".row")) {
          const is = row.dataset.is.split(" ");
          const out = (named && !is.includes("named")) || (apart && is.includes("party")) ||
            (drop > 0 && row.dataset.origin === origins[drop - 1]);
          row.classList.toggle("dropped", out);
        }
        for (const svg of all(figure, "svg")) {
          drawBand(svg, state ? state[0] : []);
          svg.querySelector(".sum-main").textContent = state ? state[1] : "not computed";
          svg.querySelector(".sum-detail").textContent = state ? state[2] : "";
          svg.querySelector(".sum-counts").textContent = state ? state[3] : "";
        }
      }
    };
    form.hidden = false;
    form.addEventListener("change", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(update));
  };

  // Filters: rows of the table that follows are kept if they hold every word.
  const filter = (input) => {
    const tools = input.closest("p");
    let next = tools.nextElementSibling;
    while (next && !next.querySelector("tbody")) next = next.nextElementSibling;
    const rows = all(next, "tbody tr").map((row) => [
      row,
      // With spaces, so that no word reaches from one cell into the next.
      [...row.cells].map((cell) => cell.textContent).join(" ").toLowerCase(),
    ]);
    const found = tools.querySelector(".found");
    const noun = found.textContent.replace(/^\d+ /, "");
    tools.hidden = false;
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const [row, text] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) count += 1;
      }
      found.textContent = words.length ? `${count} of ${rows.length} ${noun}` : `${rows.length} ${noun}`;
    });
  };

  // Sorting: by number where cells give one, else as people order names.
  const order = new Intl.Collator("en", { numeric: true });
  const sortable = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const key = (row, at) => {
      const cell = row.cells[at];
      return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
    };
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].sort((a, b) => {
          const [p, q] = [key(a, at), key(b, at)];
          if (typeof p === "number" && typeof q === "number") return p - q;
          // Empty cells stand last, words after numbers.
          return (p === "") - (q === "") || (typeof p === "string") - (typeof q === "string") || order.compare(p, q);
        });
        if (down) rows.reverse();
        body.append(...rows);
      });
    });
  };

  all(document, ".explore").forEach(explore);
  all(document, ".filter").forEach(filter);
  all(document, "table.sortable").forEach(sortable);
  addEventListener("beforeprint", () => all(document, "details").forEach((details) => { details.open = true; }));
})();
