import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extensionsFolder } from "./scene.ts";
import type { Workbench } from "./workbench.ts";

/** A new folder of extensions with ours and one that plays an agent of the editor. */
export function extensionsWithAgent(): string {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-with-agent-"));
  const ours = readdirSync(extensionsFolder).filter((name) => name.startsWith("idiolect.idiolect-"));
  for (const name of ours) symlinkSync(join(extensionsFolder, name), join(folder, name));
  const agent = join(folder, "idiolect-tests.agent-0.0.1");
  mkdirSync(agent);
  cpSync(join(import.meta.dirname, "agent-extension"), agent, { recursive: true });
  return folder;
}

/** Has the agent call a tool; what comes of it is a notification that begins with 'Answered' or 'Refused'. */
export async function askAsAgent(workbench: Workbench, tool: string, input: unknown): Promise<void> {
  await workbench.command("Agent: Ask Idiolect");
  await workbench.page.getByText("Tool and input").waitFor();
  await workbench.quickInput
    .locator("input[type=text]")
    .first()
    .fill(`${tool} ${JSON.stringify(input)}`);
  await workbench.page.keyboard.press("Enter");
}
