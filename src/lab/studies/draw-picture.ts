import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";

/**
 * Draws marks as an SVG file of its own: nothing in it comes from elsewhere, nothing in it runs, and the same data
 * give the same file. Lengths are in pixels.
 *
 * @param title is read out in place of the picture.
 */
export function drawPicture(title: string, options: Plot.PlotOptions): string {
  // As XML, so that attributes and texts are escaped for a file and not for a page.
  const document = new DOMParser().parseFromString("<svg/>", "image/svg+xml");
  const picture = Plot.plot({
    ...options,
    document,
    className: "study",
    style: { color: "#222222", fontSize: "12px" },
  });
  const named = document.createElement("title");
  named.textContent = title;
  // White, so that it can be read on light and dark pages.
  const sheet = document.createElement("rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: "#ffffff" })) {
    sheet.setAttribute(name, value);
  }
  picture.prepend(named, sheet);
  picture.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  picture.setAttribute("role", "img");
  return `${picture.outerHTML}\n`;
}
