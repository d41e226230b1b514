import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { notifications, requests } from "../../src/protocol/requests.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { OpenServer } from "./open-server.ts";

let server: OpenServer;

beforeEach(async () => {
  server = await OpenServer.open();
});
afterEach(() => server.close());

/** Words that stand in documents and nowhere else, by the place where they stand. */
const post = (number: number) => `---
title: zztitle${number}
author: zzauthor
date: zzdate${number}
mood: zzmood${number}
tags: [zztag${number}, *zzalias]
zzfield: "zzvalue
---

The bridge was zzsentence${number} and long. They could see the river.

> It was zzquotation.
`;

test("Learning and reading log nothing that stands in documents.", async () => {
  const blog = writeSmallBlog(join(server.folder, "blog"), 5);
  mkdirSync(join(blog, "odd"));
  for (const number of [1, 2, 3]) writeFileSync(join(blog, "odd", `${number}.md`), post(number));
  writeFileSync(
    join(blog, "mood.md"),
    "---\nmood: zzmood\ndate: zzdate\n---\nThe bridge was long and zzgood.\n",
  );
  const uri = await server.openDocument(join(blog, "draft.md"), post(9));

  await server.request(requests.learn, { folders: [blog] });
  const { message } = await server.hears(notifications.notice);
  await server.hears(notifications.status, ({ kind }) => kind === "idle");
  await server.request(requests.readDocument, { uri });
  await server.request(requests.suggestTags, { uri, limit: 5 }).catch(() => undefined);
  await server.request(requests.report, {});

  const logged = server.logged.join("\n");
  expect(message).toContain("remarks about your documents");
  expect(logged).toContain("mood has values that Idiolect does not understand");
  expect(logged).toContain("The date could not be read");
  expect(logged.match(/zz\w+/g)).toBeNull();
});
