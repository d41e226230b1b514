type Attributes = Readonly<Record<string, string | number>>;
type Child = Node | string;

/** An element with attributes and children. Texts go in as text, never as markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

/**
 * A table with a caption. The first cell of a row names it; the column of these names may go without one. Cells that
 * are numbers keep together.
 */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLTableElement {
  const headCells = head.map((text) => (text === "" ? element("td") : element("th", { scope: "col" }, text)));
  const bodyRows = rows.map(([name = "", ...cells]) =>
    element("tr", {}, element("th", { scope: "row" }, name), ...cells.map(cell)),
  );
  return element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...headCells)),
    element("tbody", {}, ...bodyRows),
  );
}

function cell(content: Child): HTMLTableCellElement {
  const isNumber = typeof content === "string" && /^[−+\d]/.test(content);
  return element("td", isNumber ? { class: "number" } : {}, content);
}

function filled<Made extends Element>(made: Made, attributes: Attributes, children: readonly Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}
