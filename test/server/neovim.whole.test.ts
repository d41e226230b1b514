import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import { openStore } from "../../src/store/open-store.ts";
import { smallJob } from "../learner/job.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { needs } from "../prerequisite.ts";

const root = resolve(import.meta.dirname, "../..");
const neovim = needs("neovim");
const folder = mkdtempSync(join(tmpdir(), "idiolect-neovim-"));
const blog = join(folder, "blog");
const storePath = join(folder, "store");
const draft = "---\ntitle: The river\n---\nThe river was at the bridge and the water was high.\n";

/** What the drive through the editor wrote down. */
interface Driven {
  readonly hover: string;
  readonly completions: readonly string[];
  readonly actions: readonly string[];
  readonly lines: readonly string[];
  readonly lessons: readonly string[];
  readonly messages: readonly string[];
  readonly errors: readonly string[];
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(neovim.isMissing)(`Neovim with the configuration of docs/editors.md${neovim.note}`, () => {
  let driven: Driven;

  beforeAll(async () => {
    const modelPath = writeTinyModel(join(folder, "model"));
    writeSmallBlog(blog);
    const paths = { folders: [blog], storePath, modelPath, cachePath: join(folder, "cache", "idiolect") };
    const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
    writeFileSync(join(blog, "new.md"), draft);
    driven = drive(modelPath);
  }, 300_000);

  test("shows the tone of a sentence, without a link that it cannot follow.", () => {
    expect(driven.hover).toMatch(/(?:^|, )(?:not so |fairly |quite )?sure/);
    expect(driven.hover).not.toContain("command:");
  });

  test("completes tags.", () => {
    expect(driven.completions).toContain("river");
  });

  test("writes a tag into front matter by a code action.", () => {
    expect(driven.actions.length).toBeGreaterThan(0);
    expect(driven.lines.join("\n")).toMatch(/^---\ntitle: The river\ntags: \[[^\],]+\]\n---\nThe river was/);
    using store = openStore(storePath);
    expect(store.acceptedTags.list(store.writers.list()[0]!.id)).toHaveLength(1);
  });

  test("teaches by a code action, and is told so.", () => {
    expect(driven.lessons).toEqual(
      ["very positive", "positive", "neutral", "negative", "very negative"].map(
        (tone) => `For me this sentence is ${tone}`,
      ),
    );
    expect(driven.messages.join("\n")).toMatch(
      /^Noted for Anna: “The river was at the bridge.*” is very positive\.$/m,
    );
    expect(driven.errors).toEqual([]);
    using store = openStore(storePath);
    const lessons = store.corrections.list(store.writers.list()[0]!.id);
    expect(lessons).toMatchObject([{ lesson: { kind: "tone", valence: 1 } }]);
  });
});

function drive(modelPath: string): Driven {
  const [, configuration] = /```lua\n([\s\S]*?)```/.exec(
    readFileSync(join(root, "docs/editors.md"), "utf8"),
  )!;
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(folder, "init.lua"), configuration!);
  writeFileSync(join(folder, "drive.lua"), driveScript);
  const server = [process.execPath, "--disable-warning=ExperimentalWarning", join(root, "src/cli/main.ts")];
  const program = `#!/bin/sh\nexec ${server.join(" ")} "$@" --store ${storePath} --model ${modelPath}\n`;
  writeFileSync(join(bin, "idiolect"), program);
  chmodSync(join(bin, "idiolect"), 0o755);
  const out = join(folder, "driven.json");
  const words = ["--headless", "-i", "NONE", "-n", "-u", join(folder, "init.lua"), join(blog, "new.md")];
  const ran = spawnSync(
    process.env["NEOVIM"] ?? "nvim",
    [...words, "-c", `luafile ${join(folder, "drive.lua")}`],
    {
      cwd: blog,
      encoding: "utf8",
      timeout: 240_000,
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env["PATH"]}`,
        OUT: out,
        HOME: folder,
        XDG_CACHE_HOME: join(folder, "cache"),
      },
    },
  );
  expect({ status: ran.status, errors: ran.stderr }).toMatchObject({ status: 0 });
  return JSON.parse(readFileSync(out, "utf8"));
}

/** What somebody would type, by the functions that the keys call; waits for events and no longer than a minute each. */
const driveScript = `
local told = { messages = {}, errors = {}, completions = {}, actions = {}, lessons = {}, hover = "", lines = {} }
local function write()
  told.lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  local file = io.open(vim.env.OUT, "w")
  file:write(vim.json.encode(told))
  file:close()
end
vim.lsp.handlers["window/showMessage"] = function(_, result) table.insert(told.messages, result.message) end
local notify = vim.notify
vim.notify = function(message, level)
  if level == vim.log.levels.ERROR then table.insert(told.errors, message) end
  notify(message, level)
end
local function await(what, done)
  if not vim.wait(60000, done, 20) then error("waited in vain for " .. what) end
end
local function choose(wanted)
  local titles
  vim.ui.select = function(items, options, choice)
    titles = {}
    for at, item in ipairs(items) do
      titles[at] = options.format_item(item)
    end
    for at, item in ipairs(items) do
      if titles[at]:find(wanted, 1, true) == 1 then return choice(item, at) end
    end
  end
  vim.lsp.buf.code_action()
  await("code actions", function() return titles ~= nil end)
  return titles
end
local ok, fault = pcall(function()
  await("the server", function()
    local client = vim.lsp.buf_get_clients(0)[1]
    return client ~= nil and client.initialized
  end)
  vim.api.nvim_win_set_cursor(0, { 4, 6 })
  local answers = vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(), 60000)
  told.hover = answers[1].result.contents.value
  told.lessons = choose("For me this sentence is very positive")
  await("a message", function() return #told.messages > 0 end)
  vim.api.nvim_win_set_cursor(0, { 2, 0 })
  told.actions = choose("Add the tag ‘")
  await("a tag", function() return vim.api.nvim_buf_get_lines(0, 2, 3, false)[1] ~= "---" end)
  local line = vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]
  vim.api.nvim_buf_set_lines(0, 2, 3, false, { "tags: []" })
  vim.api.nvim_win_set_cursor(0, { 3, 7 })
  local position = vim.lsp.util.make_position_params()
  position.position.character = 7
  local completed = vim.lsp.buf_request_sync(0, "textDocument/completion", position, 60000)
  for _, item in ipairs(completed[1].result.items) do
    table.insert(told.completions, item.label)
  end
  vim.api.nvim_buf_set_lines(0, 2, 3, false, { line })
end)
if not ok then table.insert(told.errors, fault) end
write()
vim.cmd("qall!")
`;
