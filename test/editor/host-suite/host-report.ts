/** How one test inside the extension host ended. */
export interface HostTest {
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
  /** With its stack; absent where the test passed. */
  readonly error?: string;
}
