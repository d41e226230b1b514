import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Projects by how long a file of theirs takes. An editor and its browser wait for each other half of the time, so that
 * whatever runs beside has a core; files of seconds fill what the long ones leave at the end.
 */
const order = ["editor", "whole", "unit"];

/** What the order needs to know of a test file; vitest's `TestSpecification` is one. */
export interface FileOfProject {
  readonly project: {
    readonly name: string;
    readonly config: { readonly sequence: { readonly groupOrder: number } };
  };
}

/** Sorts test files such that no core is idle at the end while the other has minutes to go. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return byProject(await super.sort(files));
  }
}

/** Files in the order of their projects, otherwise as they come; a group that runs after another stays behind it. */
export function byProject<T extends FileOfProject>(files: readonly T[]): T[] {
  const rankOf = ({ project }: T): number => order.indexOf(project.name);
  const groupOf = ({ project }: T): number => project.config.sequence.groupOrder;
  return files.toSorted((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b));
}
