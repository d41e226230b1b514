/** Whether what was learned for a task is used, and why. */
export interface Gate {
  readonly open: boolean;
  readonly reason: string;
}
