// A table that is sorted by its heads: numbers as numbers, texts in the order of the language, nothing last.

/** Make the heads of a table buttons. `told` is called with the words of a head once the rows are in its order. */
export function sortable(table, told) {
  const body = table.tBodies[0];
  if (!table.tHead || body.rows.length < 2) return;
  const heads = [...table.tHead.rows[0].cells];
  const order = new Intl.Collator(document.documentElement.lang, {numeric: true});
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map(row => [key(row.cells[place]), row]);
      rows.sort(([a], [b]) => compare(a, b, order, down ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
      told(button.textContent.trim());
    });
  });
}

function key(cell) {
  const text = cell.textContent.trim();
  const number = Number(text.replace(/[\s\u00a0\u202f]/g, ""));
  return text && cell.classList.contains("number") && !Number.isNaN(number) ? number : text;
}

function compare(a, b, order, way) {
  if (a === "" || b === "") return (a === "") - (b === "");
  if (typeof a === "number" && typeof b === "number") return way * (a - b);
  return way * order.compare(String(a), String(b));
}
