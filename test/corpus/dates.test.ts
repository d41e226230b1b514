import { describe, expect, it } from "vitest";
import { dateInPath, parseDate } from "../../src/corpus/dates.ts";

function iso(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

describe("dates", () => {
  it.each([
    ["2017-10-10", "2017-10-10T00:00:00.000Z"],
    ["2019-03-08T23:00:49Z", "2019-03-08T23:00:49.000Z"],
    ["2012-12-14T14:46:33-08:00", "2012-12-14T22:46:33.000Z"],
    ["2015-02-08T08:43:43+00:00", "2015-02-08T08:43:43.000Z"],
    ["2011-11-11 08:52", "2011-11-11T08:52:00.000Z"],
    ["2025-09-12 9:50 +0300", "2025-09-12T06:50:00.000Z"],
    ["2021-01-04T10:00:00.250000Z", "2021-01-04T10:00:00.250Z"],
    ["2011/6/5", "2011-06-05T00:00:00.000Z"],
    ["Mar 4, 2015", "2015-03-04T00:00:00.000Z"],
    ["Wed, 04 Mar 2015 10:00:00 +0100", "2015-03-04T09:00:00.000Z"],
    ["2021-02-31", undefined],
    ["soon", undefined],
    ["2021", undefined],
  ])("'%s' is %s", (text, expected) => {
    expect(iso(parseDate(text))).toBe(expected);
  });

  it.each([
    ["/blog/2019-07-04-a-title.md", "2019-07-04T00:00:00.000Z"],
    ["/blog/2019/07/04/a-title.md", "2019-07-04T00:00:00.000Z"],
    ["/notes/20190704.md", "2019-07-04T00:00:00.000Z"],
    ["/2001-01-01/2019-07-04 x.md", "2019-07-04T00:00:00.000Z"],
    ["/blog/2019-13-04-x.md", undefined],
    ["/blog/12345678901.md", undefined],
    ["/blog/a-title.md", undefined],
  ])("the date in %s is %s", (path, expected) => {
    expect(iso(dateInPath(path))).toBe(expected);
  });
});
