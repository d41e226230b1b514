/** A number with so many digits behind the point or comma of the page's language. */
export function pageNumber(value: number, digits: number): string {
  return value.toLocaleString(document.documentElement.lang, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
