import { describe, expect, it } from "vitest";
import { devWriters, isLeftOut, measuredBlogs } from "../../scripts/model/left-out.ts";
import { type BlogPost, dealBlogs } from "../../scripts/model/open-blogs.ts";

const post = (writer: string, date: string | undefined, number: number): BlogPost => ({
  name: `${writer} ${number}`,
  writer,
  paragraphs: ["A sentence."],
  ...(date === undefined ? {} : { date }),
});
const namesOf = (posts: readonly { readonly name: string }[]): readonly string[] =>
  posts.map(({ name }) => name);

describe("dealBlogs", () => {
  it("holds out the newest tenth of each writer, and never a post without a date in its place", () => {
    const dates = [3, 1, undefined, 7, 2, undefined, 9, 4, 5, 6, 8].map((year) => year && `200${year}-05-01`);
    const ann = dates.map((date, number) => post("ann", date || undefined, number));
    const { train, heldOut, newWriters } = dealBlogs([
      ...ann,
      post("bob", "1999-01-01", 0),
      post("bob", "1998-01-01", 1),
    ]);
    expect(namesOf(heldOut)).toEqual(["ann 10", "ann 6", "bob 0"]);
    expect(train).toHaveLength(10);
    expect(newWriters).toEqual([]);
  });

  it("trains on no post of a dev writer or a measured blog; dev writers are new ones to measure on", () => {
    const measured = [...devWriters, ...measuredBlogs].flatMap((writer) =>
      [0, 1, 2].map((at) => post(writer, undefined, at)),
    );
    const { train, heldOut, newWriters } = dealBlogs([
      ...measured,
      post("ann", undefined, 0),
      post("ann", undefined, 1),
    ]);
    expect([...train, ...heldOut].every(({ writer }) => writer === "ann")).toBe(true);
    expect(newWriters).toHaveLength(3 * devWriters.size);
    expect(measuredBlogs.size).toBe(10);
    expect(devWriters.size).toBe(7);
    expect(isLeftOut(undefined)).toBe(false);
  });
});
